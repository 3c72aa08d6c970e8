WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    max(CAST(orders.amount AS DECIMAL(10, 2))) AS largest
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, largest by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue,
    max(i.largest) AS largest
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue,
    max(i.largest) AS largest
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: rolling 3 months
rolling_3_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, largest by month, rolling 3 months
orders_monthly_rolling_3_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_rolling,
    max(i.largest) AS largest_rolling
  FROM orders_atoms AS i
  JOIN rolling_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_rolling,
    max(i.largest) AS largest_rolling
  FROM orders_atoms AS i
  JOIN rolling_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
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
    r.revenue,
    r.largest,
    CAST(NULL AS BIGINT) AS revenue_rolling,
    CAST(NULL AS BIGINT) AS largest_rolling
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS largest,
    r.revenue_rolling,
    r.largest_rolling
  FROM orders_monthly_rolling_3_months AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS largest,
    CAST(NULL AS BIGINT) AS revenue_rolling,
    CAST(NULL AS BIGINT) AS largest_rolling
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    max(k.largest) AS largest,
    COALESCE(max(k.revenue_rolling), 0) AS revenue_rolling,
    max(k.largest_rolling) AS largest_rolling
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.revenue,
  c.largest,
  c.revenue_rolling AS revenue_3m,
  c.largest_rolling AS largest_3m
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
