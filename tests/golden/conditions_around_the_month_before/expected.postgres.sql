WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) FILTER (WHERE orders.channel = 'web') AS revenue_where_previous,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
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
    'channel' AS slicing,
    i.channel,
    sum(i.revenue_where_previous) AS revenue_where_previous,
    sum(i.revenue) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_total
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.revenue_where_previous) AS revenue_where_previous,
    sum(i.revenue) AS revenue_previous,
    sum(i.revenue) AS revenue_previous_total
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders over all members of channel, previous
orders_previous_total AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue_previous_total
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
    'channel' AS slicing,
    i.channel,
    sum(i.revenue_where_previous) AS revenue_where,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.revenue_where_previous) AS revenue_where,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
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
    r.revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue,
    r.revenue_previous,
    r.revenue_previous_total
  FROM orders_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    r.revenue_where,
    r.revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_total
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_total
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    max(k.revenue_where_previous) AS revenue_where_previous,
    max(k.revenue_where) AS revenue_where,
    max(k.revenue) AS revenue,
    max(k.revenue_previous) AS revenue_previous,
    max(k.revenue_previous_total) AS revenue_previous_total
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.slicing,
    m.channel,
    COALESCE(m.revenue_where_previous, 0) AS revenue_where_previous,
    COALESCE(m.revenue_where, 0) AS revenue_where,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(m.revenue_previous, 0) AS revenue_previous,
    COALESCE(COALESCE(m.revenue_previous_total, t1.revenue_previous_total), 0) AS revenue_previous_total
  FROM merged AS m
  LEFT JOIN orders_previous_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.revenue_where_previous AS inside,
  c.revenue_where_previous AS outside,
  CAST(c.revenue_where AS DOUBLE PRECISION) / NULLIF(c.revenue, 0) AS web_share,
  CAST(c.revenue_where_previous AS DOUBLE PRECISION) / NULLIF(c.revenue_previous, 0) AS web_share_before,
  c.revenue_previous_total AS all_before,
  c.revenue_previous_total AS total_before
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
