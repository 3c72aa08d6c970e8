WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.device,
    sum(CAST(orders.amount AS NUMERIC(12, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    i.channel,
    i.device,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 2, 3
),
-- orders over all members of channel
orders_total AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    NULL AS channel,
    i.device,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  GROUP BY 1, 3
),
-- orders over all members of device
orders_total_2 AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    i.channel,
    NULL AS device,
    sum(i.revenue) AS revenue_total_2
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- orders over all members of channel, device
orders_total_3 AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    NULL AS channel,
    NULL AS device,
    sum(i.revenue) AS revenue_total_3
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.channel,
    i.device
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.channel,
    r.device,
    r.revenue
  FROM orders_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.channel,
    m.device,
    CAST(NULL AS BIGINT) AS revenue
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.channel,
    k.device,
    max(k.revenue) AS revenue
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.channel,
    m.device,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(t1.revenue_total, 0) AS revenue_total,
    COALESCE(t2.revenue_total_2, 0) AS revenue_total_2,
    COALESCE(t3.revenue_total_3, 0) AS revenue_total_3
  FROM merged AS m
  LEFT JOIN orders_total AS t1
    ON t1.period_start = m.period_start
    AND t1.device IS NOT DISTINCT FROM m.device
  LEFT JOIN orders_total_2 AS t2
    ON t2.period_start = m.period_start
    AND t2.channel IS NOT DISTINCT FROM m.channel
  LEFT JOIN orders_total_3 AS t3 ON t3.period_start = m.period_start
)
SELECT
  c.period_start,
  'channel,device' AS slicing,
  'all' AS segment,
  c.channel,
  c.device,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.revenue_total, 0) AS within_device,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.revenue_total_2, 0) AS within_channel,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.revenue_total_3, 0) AS of_all
FROM cells AS c
ORDER BY c.channel NULLS LAST, c.device NULLS LAST, c.period_start;
