WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    ((orders.channel = 'web') IS TRUE) IS TRUE AS is_web,
    ((orders.channel = 'web') IS NOT TRUE) IS TRUE AS is_elsewhere,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) FILTER (WHERE (orders.channel = 'web') IS NOT TRUE) AS thrice,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) FILTER (
      WHERE (orders.channel IN ('web', 'mail')) IS TRUE
    ) AS four_times
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, thrice, twice_apart, four_times by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'web' AS segment,
    sum(i.revenue) AS revenue,
    sum(i.thrice) AS thrice,
    sum(i.thrice) AS twice_apart,
    sum(i.four_times) AS four_times
  FROM orders_atoms AS i
  WHERE i.is_web
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'elsewhere' AS segment,
    sum(i.revenue) AS revenue,
    sum(i.thrice) AS thrice,
    sum(i.thrice) AS twice_apart,
    sum(i.four_times) AS four_times
  FROM orders_atoms AS i
  WHERE i.is_elsewhere
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
      ('web'),
      ('elsewhere')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    s.segment,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r1.thrice, 0) AS thrice,
    COALESCE(r1.twice_apart, 0) AS twice_apart,
    COALESCE(r1.four_times, 0) AS four_times
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
  c.revenue,
  c.thrice,
  c.twice_apart,
  c.four_times
FROM cells AS c
ORDER BY CASE WHEN c.segment = 'web' THEN 0 WHEN c.segment = 'elsewhere' THEN 1 END, c.period_start;
