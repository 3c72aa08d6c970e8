WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.channel,
    orders.device,
    (orders.amount >= 20) IS TRUE AS is_large,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows,
    sum(orders.amount) FILTER (WHERE orders.device = 'desktop') AS revenue_where,
    count(*) FILTER (WHERE orders.device = 'desktop') AS orders_rows_where
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-02-11'
    AND orders.channel IN ('web', 'app')
  GROUP BY 1, 2, 3, 4
),
-- orders: revenue, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,device' AS slicing,
    'all' AS segment,
    i.channel,
    i.device,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_rows_where) AS BIGINT) AS orders_rows_where
  FROM orders_atoms AS i
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,device' AS slicing,
    'large' AS segment,
    i.channel,
    i.device,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_rows_where) AS BIGINT) AS orders_rows_where
  FROM orders_atoms AS i
  WHERE i.is_large
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    NULL AS device,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_rows_where) AS BIGINT) AS orders_rows_where
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'large' AS segment,
    i.channel,
    NULL AS device,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows,
    sum(i.revenue_where) AS revenue_where,
    CAST(sum(i.orders_rows_where) AS BIGINT) AS orders_rows_where
  FROM orders_atoms AS i
  WHERE i.is_large
  GROUP BY 1, 4
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('large')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'channel,device' AS slicing,
    i.channel,
    i.device
  FROM orders_atoms AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel,
    NULL AS device
  FROM orders_atoms AS i
  GROUP BY 2
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.device,
    r.revenue,
    r.orders_rows,
    r.revenue_where,
    r.orders_rows_where
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    m.device,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders_rows,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS orders_rows_where
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.channel,
    k.device,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows,
    COALESCE(max(k.revenue_where), 0) AS revenue_where,
    COALESCE(max(k.orders_rows_where), 0) AS orders_rows_where
  FROM stack AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by,
    CASE WHEN c.orders_rows_where > 0 THEN c.revenue_where END AS ranked_by_2,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by_3
  FROM cells AS c
),
-- members among each other
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing, c.segment
          ORDER BY c.ranked_by DESC NULLS LAST
        )
    END AS place,
    CASE
      WHEN c.ranked_by_2 IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing, c.segment
          ORDER BY c.ranked_by_2 DESC NULLS LAST
        )
    END AS place_2,
    CASE
      WHEN c.ranked_by_3 IS NOT NULL
        AND min(c.ranked_by_3) OVER (PARTITION BY c.period_start, c.slicing, c.segment) >= 0 THEN CAST(
          sum(c.ranked_by_3) OVER (
            PARTITION BY c.period_start, c.slicing, c.segment
            ORDER BY c.ranked_by_3 DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE PRECISION
        )
          / NULLIF(sum(c.ranked_by_3) OVER (PARTITION BY c.period_start, c.slicing, c.segment), 0)
    END AS cumulative_share
  FROM formulas AS c
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.device,
  c.place,
  c.place_2 AS desktop_place,
  c.cumulative_share AS share_so_far
FROM formulas_2 AS c
ORDER BY
  CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'large' THEN 1 END,
  CASE WHEN c.slicing = 'channel' THEN 0 WHEN c.slicing = 'channel,device' THEN 1 END,
  c.channel NULLS LAST,
  c.device NULLS LAST,
  c.period_start;
