WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    (CAST(orders.amount AS DECIMAL(10, 2)) >= 100) IS TRUE AS is_large,
    (orders.channel = 'web') IS TRUE AS is_web,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue_previous
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    'large' AS segment,
    sum(i.revenue_previous) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_large
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'web' AS segment,
    sum(i.revenue_previous) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_web
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    sum(i.revenue_previous) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'large' AS segment,
    sum(i.revenue_previous) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_large
    AND i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'web' AS segment,
    sum(i.revenue_previous) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_web
    AND i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'all' AS segment,
    sum(i.revenue_previous) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.customer_id AS entity,
    bit_or(
      CASE WHEN CAST(orders.amount AS DECIMAL(10, 2)) >= 100 THEN 1 ELSE 0 END
        + CASE WHEN orders.channel = 'web' THEN 2 ELSE 0 END
    ) AS fulfils
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: how many values fulfil which conditions together
orders_counts AS (
  SELECT
    i.period_start,
    i.fulfils,
    count(i.entity) AS entities
  FROM orders_entities AS i
  GROUP BY 1, 2
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'large' AS segment,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS buyers
  FROM orders_counts AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'web' AS segment,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS buyers
  FROM orders_counts AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'all' AS segment,
    CAST(sum(i.entities) AS BIGINT) AS buyers
  FROM orders_counts AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- orders: buyers by month, previous
orders_distinct_monthly_previous AS (
  SELECT
    w.period_start,
    'large' AS segment,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'web' AS segment,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'all' AS segment,
    count(DISTINCT i.entity) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('large'),
      ('web'),
      ('all')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    s.segment,
    COALESCE(r1.revenue_previous, 0) AS revenue_previous,
    COALESCE(r2.revenue, 0) AS revenue,
    COALESCE(r3.buyers, 0) AS buyers,
    COALESCE(r4.buyers_previous, 0) AS buyers_previous
  FROM spine AS p
  CROSS JOIN segments AS s
  LEFT JOIN orders_monthly_previous AS r1
    ON r1.period_start = p.period_start
    AND r1.segment = s.segment
  LEFT JOIN orders_monthly AS r2
    ON r2.period_start = p.period_start
    AND r2.segment = s.segment
  LEFT JOIN orders_distinct_monthly AS r3
    ON r3.period_start = p.period_start
    AND r3.segment = s.segment
  LEFT JOIN orders_distinct_monthly_previous AS r4
    ON r4.period_start = p.period_start
    AND r4.segment = s.segment
)
SELECT
  c.period_start,
  'total' AS slicing,
  c.segment,
  c.revenue_previous AS before,
  CAST(c.revenue AS DOUBLE) / NULLIF(c.revenue_previous, 0) - 1 AS growth,
  c.buyers,
  c.buyers_previous AS buyers_before
FROM cells AS c
ORDER BY
  CASE
    WHEN c.segment = 'large' THEN 0
    WHEN c.segment = 'web' THEN 1
    WHEN c.segment = 'all' THEN 2
  END,
  c.period_start;
