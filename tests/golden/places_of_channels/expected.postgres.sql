WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.channel,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows,
    count(*) FILTER (WHERE orders.sent = 1 AND orders.late = 1) AS late,
    count(*) FILTER (WHERE orders.sent = 1) AS sent
  FROM orders
  WHERE orders.day >= DATE '2025-12-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows, late, sent by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows,
    CAST(sum(i.late) AS BIGINT) AS late,
    CAST(sum(i.sent) AS BIGINT) AS sent,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_2
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows,
    CAST(sum(i.late) AS BIGINT) AS late,
    CAST(sum(i.sent) AS BIGINT) AS sent,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_2
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders_rows by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
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
    r.orders_rows,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    r.late,
    r.sent,
    r.orders_rows_2
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders_rows,
    r.revenue_previous,
    r.orders_rows_previous,
    CAST(NULL AS BIGINT) AS late,
    CAST(NULL AS BIGINT) AS sent,
    CAST(NULL AS BIGINT) AS orders_rows_2
  FROM orders_monthly_previous_1_month AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders_rows,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    CAST(NULL AS BIGINT) AS late,
    CAST(NULL AS BIGINT) AS sent,
    CAST(NULL AS BIGINT) AS orders_rows_2
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
    COALESCE(max(k.orders_rows), 0) AS orders_rows,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous,
    COALESCE(max(k.late), 0) AS late,
    COALESCE(max(k.sent), 0) AS sent,
    COALESCE(max(k.orders_rows_2), 0) AS orders_rows_2
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by,
    CASE WHEN c.orders_rows_previous > 0 THEN c.revenue_previous END AS ranked_by_2,
    CASE WHEN c.orders_rows_2 > 0 THEN CAST(c.late AS DOUBLE PRECISION) / NULLIF(c.sent, 0) END AS ranked_by_3,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by_4
  FROM cells AS c
),
-- members among each other
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL AND c.slicing <> 'total' THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing
          ORDER BY c.ranked_by DESC NULLS LAST
        )
    END AS place,
    CASE
      WHEN c.ranked_by_2 IS NOT NULL AND c.slicing <> 'total' THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing
          ORDER BY c.ranked_by_2 DESC NULLS LAST
        )
    END AS place_2,
    CASE
      WHEN c.ranked_by_3 IS NOT NULL AND c.slicing <> 'total' THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing
          ORDER BY c.ranked_by_3 NULLS LAST
        )
    END AS place_3,
    CASE
      WHEN c.ranked_by_4 IS NOT NULL
        AND c.slicing <> 'total'
        AND min(c.ranked_by_4) OVER (PARTITION BY c.period_start, c.slicing) >= 0 THEN CAST(
          sum(c.ranked_by_4) OVER (
            PARTITION BY c.period_start, c.slicing
            ORDER BY c.ranked_by_4 DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE PRECISION
        )
          / NULLIF(sum(c.ranked_by_4) OVER (PARTITION BY c.period_start, c.slicing), 0)
    END AS cumulative_share
  FROM formulas AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.place,
  c.place_2 AS place_before,
  c.place_2 - c.place AS gained,
  c.place_3 AS late_place,
  c.cumulative_share AS share_so_far
FROM formulas_2 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
