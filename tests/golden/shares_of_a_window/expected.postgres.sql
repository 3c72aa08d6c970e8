WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- orders over all members of channel
orders_total AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue_total
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
-- orders: revenue by month, rolling 3 months
orders_monthly_rolling_3_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_rolling,
    CAST(NULL AS BIGINT) AS revenue_rolling_total
  FROM orders_atoms AS i
  JOIN rolling_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue_rolling,
    sum(i.revenue) AS revenue_rolling_total
  FROM orders_atoms AS i
  JOIN rolling_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders over all members of channel, rolling 3 months
orders_rolling_3_months_total AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue_rolling_total
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
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.revenue,
    r.revenue_total,
    CAST(NULL AS BIGINT) AS revenue_rolling,
    CAST(NULL AS BIGINT) AS revenue_rolling_total
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total,
    r.revenue_rolling,
    r.revenue_rolling_total
  FROM orders_monthly_rolling_3_months AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_rolling,
    CAST(NULL AS BIGINT) AS revenue_rolling_total
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    max(k.revenue) AS revenue,
    max(k.revenue_total) AS revenue_total,
    max(k.revenue_rolling) AS revenue_rolling,
    max(k.revenue_rolling_total) AS revenue_rolling_total
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.slicing,
    m.channel,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(COALESCE(m.revenue_total, t1.revenue_total), 0) AS revenue_total,
    COALESCE(m.revenue_rolling, 0) AS revenue_rolling,
    COALESCE(COALESCE(m.revenue_rolling_total, t2.revenue_rolling_total), 0) AS revenue_rolling_total
  FROM merged AS m
  LEFT JOIN orders_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
  LEFT JOIN orders_rolling_3_months_total AS t2
    ON t2.period_start = m.period_start
    AND t2.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.revenue_total, 0) AS share,
  CAST(c.revenue_rolling AS DOUBLE PRECISION) / NULLIF(c.revenue_rolling_total, 0) AS share_3m,
  CAST(c.revenue_rolling AS DOUBLE PRECISION) / NULLIF(c.revenue_rolling_total, 0) AS share_of_sums,
  CAST(c.revenue_rolling AS DOUBLE PRECISION) / NULLIF(c.revenue_rolling_total, 0) AS share_in_window
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
