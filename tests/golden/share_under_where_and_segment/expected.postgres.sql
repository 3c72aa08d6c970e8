WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    (orders.device = 'mobile') IS TRUE AS is_mobile,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
    AND CAST(orders.amount AS NUMERIC(12, 2)) <= 50
  GROUP BY 1, 2, 3
),
-- orders: revenue by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'mobile' AS segment,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_mobile
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'all' AS segment,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 3
),
-- orders over all members of channel
orders_total AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'mobile' AS segment,
    NULL AS channel,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  WHERE i.is_mobile
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'all' AS segment,
    NULL AS channel,
    sum(i.revenue) AS revenue_total
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
      ('mobile'),
      ('all')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    i.channel
  FROM orders_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.segment,
    r.channel,
    r.revenue
  FROM orders_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    s.segment,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.segment,
    k.channel,
    max(k.revenue) AS revenue
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.segment,
    m.channel,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(t1.revenue_total, 0) AS revenue_total
  FROM merged AS m
  LEFT JOIN orders_total AS t1
    ON t1.period_start = m.period_start
    AND t1.segment = m.segment
)
SELECT
  c.period_start,
  'channel' AS slicing,
  c.segment,
  c.channel,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.revenue_total, 0) AS share
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'mobile' THEN 0 WHEN c.segment = 'all' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
