WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    (CAST(orders.amount AS NUMERIC(12, 2)) < 10) IS TRUE AS is_small,
    (
      CAST(orders.amount AS NUMERIC(12, 2)) < 30
      AND (CAST(orders.amount AS NUMERIC(12, 2)) < 10) IS NOT TRUE
    ) IS TRUE AS is_medium,
    (
      orders.channel = 'web'
      AND (CAST(orders.amount AS NUMERIC(12, 2)) < 10) IS NOT TRUE
      AND (CAST(orders.amount AS NUMERIC(12, 2)) < 30) IS NOT TRUE
    ) IS TRUE AS is_web_rest,
    (
      (CAST(orders.amount AS NUMERIC(12, 2)) < 10) IS NOT TRUE
      AND (CAST(orders.amount AS NUMERIC(12, 2)) < 30) IS NOT TRUE
      AND (orders.channel = 'web') IS NOT TRUE
    ) IS TRUE AS is_large,
    count(*) AS orders,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3, 4, 5
),
-- orders: orders, revenue by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'small' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_small
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'medium' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_medium
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'web_rest' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_web_rest
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'large' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_large
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'all' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('small'),
      ('medium'),
      ('web_rest'),
      ('large'),
      ('all')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    s.segment,
    COALESCE(r1.orders, 0) AS orders,
    COALESCE(r1.revenue, 0) AS revenue
  FROM spine AS p
  CROSS JOIN segments AS s
  LEFT JOIN orders_quarterly AS r1
    ON r1.period_start = p.period_start
    AND r1.segment = s.segment
)
SELECT
  c.period_start,
  'total' AS slicing,
  c.segment,
  c.orders,
  c.revenue
FROM cells AS c
ORDER BY
  CASE
    WHEN c.segment = 'small' THEN 0
    WHEN c.segment = 'medium' THEN 1
    WHEN c.segment = 'web_rest' THEN 2
    WHEN c.segment = 'large' THEN 3
    WHEN c.segment = 'all' THEN 4
  END,
  c.period_start;
