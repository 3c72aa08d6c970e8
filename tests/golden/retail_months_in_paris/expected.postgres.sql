WITH
-- orders by day
orders_atoms AS (
  SELECT
    CAST(
      CASE
        WHEN orders.placed_at < TIMESTAMP '2026-03-29 01:00:00' THEN orders.placed_at + INTERVAL '1 hour'
        ELSE orders.placed_at + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    orders.channel,
    (CASE WHEN orders.amount < 50 THEN 'cheap' ELSE 'dear' END = 'cheap') IS TRUE AS is_cheap,
    sum(orders.amount) AS revenue
  FROM orders
  WHERE orders.placed_at >= TIMESTAMP '2026-02-01 23:00:00'
    AND orders.placed_at < TIMESTAMP '2026-05-03 22:00:00'
    AND (orders.channel IS NULL OR (orders.channel = 'phone') IS NOT TRUE)
  GROUP BY 1, 2, 3
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-02', DATE '2026-02-02', DATE '2026-03-02'),
      (DATE '2026-03-02', DATE '2026-03-02', DATE '2026-03-30'),
      (DATE '2026-03-30', DATE '2026-03-30', DATE '2026-05-04')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by fiscal_month
orders_monthly AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_atoms AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'channel' AS slicing,
    'cheap' AS segment,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_atoms AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_cheap
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    'all' AS segment,
    NULL AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    'cheap' AS segment,
    NULL AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_cheap
  GROUP BY 1
),
-- orders over all members of channel
orders_total AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    'all' AS segment,
    NULL AS channel,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'channel' AS slicing,
    'cheap' AS segment,
    NULL AS channel,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  WHERE i.is_cheap
  GROUP BY 1
),
-- orders: each counted value once a day
orders_entities AS (
  SELECT
    CAST(
      CASE
        WHEN orders.placed_at < TIMESTAMP '2026-03-29 01:00:00' THEN orders.placed_at + INTERVAL '1 hour'
        ELSE orders.placed_at + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    orders.channel,
    orders.buyer AS entity,
    bool_or(CASE WHEN orders.amount < 50 THEN 'cheap' ELSE 'dear' END = 'cheap') AS buyers_cheap
  FROM orders
  WHERE orders.placed_at >= TIMESTAMP '2025-12-28 23:00:00'
    AND orders.placed_at < TIMESTAMP '2026-05-03 22:00:00'
    AND (orders.channel IS NULL OR (orders.channel = 'phone') IS NOT TRUE)
  GROUP BY 1, 2, 3
),
-- orders: buyers by fiscal_month
orders_distinct_monthly AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'channel' AS slicing,
    'cheap' AS segment,
    i.channel,
    count(DISTINCT i.entity) FILTER (WHERE i.buyers_cheap) AS buyers
  FROM orders_entities AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    'all' AS segment,
    NULL AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    'cheap' AS segment,
    NULL AS channel,
    count(DISTINCT i.entity) FILTER (WHERE i.buyers_cheap) AS buyers
  FROM orders_entities AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-02', DATE '2025-12-29', DATE '2026-02-02'),
      (DATE '2026-03-02', DATE '2026-02-02', DATE '2026-03-02'),
      (DATE '2026-03-30', DATE '2026-03-02', DATE '2026-03-30')
  ) AS q(period_start, window_start, window_end)
),
-- orders: buyers by fiscal_month, previous
orders_distinct_monthly_previous AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    count(DISTINCT i.entity) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'channel' AS slicing,
    'cheap' AS segment,
    i.channel,
    count(DISTINCT i.entity) FILTER (WHERE i.buyers_cheap) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    'all' AS segment,
    NULL AS channel,
    count(DISTINCT i.entity) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    'cheap' AS segment,
    NULL AS channel,
    count(DISTINCT i.entity) FILTER (WHERE i.buyers_cheap) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: fiscal_quarter to date
fiscal_quarter_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-02', DATE '2025-12-29', DATE '2026-03-02'),
      (DATE '2026-03-02', DATE '2025-12-29', DATE '2026-03-30'),
      (DATE '2026-03-30', DATE '2026-03-30', DATE '2026-05-04')
  ) AS q(period_start, window_start, window_end)
),
-- orders: buyers by fiscal_month, fiscal_quarter to date
orders_distinct_monthly_fiscal_quarter_to_date AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    count(DISTINCT i.entity) AS buyers_to_date
  FROM orders_entities AS i
  JOIN fiscal_quarter_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'channel' AS slicing,
    'cheap' AS segment,
    i.channel,
    count(DISTINCT i.entity) FILTER (WHERE i.buyers_cheap) AS buyers_to_date
  FROM orders_entities AS i
  JOIN fiscal_quarter_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    'all' AS segment,
    NULL AS channel,
    count(DISTINCT i.entity) AS buyers_to_date
  FROM orders_entities AS i
  JOIN fiscal_quarter_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    'cheap' AS segment,
    NULL AS channel,
    count(DISTINCT i.entity) FILTER (WHERE i.buyers_cheap) AS buyers_to_date
  FROM orders_entities AS i
  JOIN fiscal_quarter_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-02'),
      (DATE '2026-03-02'),
      (DATE '2026-03-30')
  ) AS q(period_start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('cheap')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_to_date,
    r.revenue_total
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    r.buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_to_date,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    r.buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_to_date,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_distinct_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    r.buyers_to_date,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_distinct_monthly_fiscal_quarter_to_date AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_to_date,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.channel,
    max(k.revenue) AS revenue,
    max(k.buyers) AS buyers,
    max(k.buyers_previous) AS buyers_previous,
    max(k.buyers_to_date) AS buyers_to_date,
    max(k.revenue_total) AS revenue_total
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.slicing,
    m.segment,
    m.channel,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(m.buyers, 0) AS buyers,
    COALESCE(m.buyers_previous, 0) AS buyers_previous,
    COALESCE(m.buyers_to_date, 0) AS buyers_to_date,
    COALESCE(COALESCE(m.revenue_total, t1.revenue_total), 0) AS revenue_total
  FROM merged AS m
  LEFT JOIN orders_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.segment = m.segment
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.revenue,
  c.buyers,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.buyers, 0) AS revenue_per_buyer,
  c.buyers_previous AS buyers_before,
  c.buyers_to_date AS buyers_of_the_quarter,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.revenue_total, 0) AS share
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'cheap' THEN 1 END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
