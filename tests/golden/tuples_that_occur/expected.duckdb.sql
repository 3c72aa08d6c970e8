WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.device,
    count(*) FILTER (WHERE CAST(orders.amount AS DECIMAL(12, 2)) > 50) AS big
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: big by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    i.device,
    CAST(sum(i.big) AS BIGINT) AS big
  FROM orders_atoms AS i
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
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
    r.big
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.channel,
    m.device,
    CAST(NULL AS BIGINT) AS big
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.channel,
    k.device,
    COALESCE(max(k.big), 0) AS big
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  'channel,device' AS slicing,
  'all' AS segment,
  c.channel,
  c.device,
  c.big
FROM cells AS c
ORDER BY c.channel NULLS LAST, c.device NULLS LAST, c.period_start;
