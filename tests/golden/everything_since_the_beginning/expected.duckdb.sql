WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    count(*) AS orders_cumulative
  FROM orders
  WHERE orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_end)
),
-- orders: orders by month, cumulative
orders_monthly_cumulative AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    CAST(sum(i.orders_cumulative) AS BIGINT) AS orders_cumulative
  FROM orders_atoms AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(sum(i.orders_cumulative) AS BIGINT) AS orders_cumulative
  FROM orders_atoms AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.channel,
    orders.customer_id AS entity
  FROM orders
  WHERE orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: when each value is seen first
orders_first_seen AS (
  SELECT
    'channel' AS slicing,
    i.channel,
    i.entity,
    min(i.period_start) AS day
  FROM orders_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.entity,
    min(i.period_start) AS day
  FROM orders_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 3
),
-- orders: how many values come and go
orders_changes AS (
  SELECT
    e.slicing,
    e.channel,
    e.day,
    count(*) AS change
  FROM orders_first_seen AS e
  GROUP BY 1, 2, 3
),
-- orders: buyers by month, cumulative
orders_distinct_monthly_cumulative AS (
  SELECT
    w.period_start,
    i.slicing,
    i.channel,
    CAST(sum(i.change) AS BIGINT) AS buyers_cumulative
  FROM orders_changes AS i
  JOIN cumulative AS w ON i.day < w.window_end
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
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
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.orders_cumulative,
    CAST(NULL AS BIGINT) AS buyers_cumulative
  FROM orders_monthly_cumulative AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS orders_cumulative,
    r.buyers_cumulative
  FROM orders_distinct_monthly_cumulative AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS orders_cumulative,
    CAST(NULL AS BIGINT) AS buyers_cumulative
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN COALESCE(max(k.orders_cumulative), 0) END AS orders_cumulative,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN COALESCE(max(k.buyers_cumulative), 0) END AS buyers_cumulative
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.orders_cumulative AS orders_ever,
  c.buyers_cumulative AS buyers_ever,
  CAST(c.orders_cumulative AS DOUBLE) / NULLIF(c.buyers_cumulative, 0) AS orders_per_buyer
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
