WITH
-- spend by day
spend_atoms AS (
  SELECT
    spend.day AS period_start,
    spend.campaign,
    sum(spend.amount) AS spend,
    count(*) AS spend_rows
  FROM spend
  WHERE spend.day >= DATE '2026-01-01'
    AND spend.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- the time that each period reads: asked range
asked_range AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- spend: spend, spend_rows by month, asked range
spend_monthly_asked_range AS (
  SELECT
    w.period_start,
    i.campaign,
    sum(i.spend) AS spend,
    CAST(sum(i.spend_rows) AS BIGINT) AS spend_rows
  FROM spend_atoms AS i
  JOIN asked_range AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.campaign,
    sum(orders.number) AS orders,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders, orders_rows by month, asked range
orders_monthly_asked_range AS (
  SELECT
    w.period_start,
    i.campaign,
    sum(i.orders) AS orders,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  JOIN asked_range AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.campaign,
    r.spend,
    CAST(NULL AS BIGINT) AS orders,
    r.spend_rows,
    CAST(NULL AS BIGINT) AS orders_rows
  FROM spend_monthly_asked_range AS r
  UNION ALL
  SELECT
    r.period_start,
    r.campaign,
    CAST(NULL AS BIGINT) AS spend,
    r.orders,
    CAST(NULL AS BIGINT) AS spend_rows,
    r.orders_rows
  FROM orders_monthly_asked_range AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.campaign,
    COALESCE(max(k.spend), 0) AS spend,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.spend_rows), 0) AS spend_rows,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.spend_rows > 0 OR c.orders_rows > 0 THEN CAST(c.spend AS DOUBLE PRECISION)
          / NULLIF(c.orders, 0)
    END AS ranked_by
  FROM cells AS c
),
-- the 2 best of campaign
campaign_best AS MATERIALIZED (
  SELECT
    q.campaign,
    q.place
  FROM (
    SELECT
      c.campaign,
      rank() OVER (PARTITION BY c.period_start ORDER BY c.ranked_by NULLS LAST) AS place
    FROM formulas AS c
    WHERE c.ranked_by IS NOT NULL
  ) AS q
  WHERE q.place <= 2
),
-- spend by day
spend_atoms_2 AS (
  SELECT
    spend.day AS period_start,
    best.campaign,
    best.place,
    sum(spend.amount) AS spend
  FROM spend
  LEFT JOIN campaign_best AS best ON best.campaign IS NOT DISTINCT FROM spend.campaign
  WHERE spend.day >= DATE '2026-01-01'
    AND spend.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- spend: spend by month
spend_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.campaign,
    i.place,
    sum(i.spend) AS spend
  FROM spend_atoms_2 AS i
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.day AS period_start,
    best.campaign,
    best.place,
    sum(orders.number) AS orders
  FROM orders
  LEFT JOIN campaign_best AS best ON best.campaign IS NOT DISTINCT FROM orders.campaign
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.campaign,
    i.place,
    sum(i.orders) AS orders
  FROM orders_atoms_2 AS i
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
    i.campaign,
    i.place
  FROM spend_atoms_2 AS i
  GROUP BY 1, 2
  UNION ALL
  SELECT
    i.campaign,
    i.place
  FROM orders_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.campaign,
    r.place,
    r.spend,
    CAST(NULL AS BIGINT) AS orders
  FROM spend_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.campaign,
    r.place,
    CAST(NULL AS BIGINT) AS spend,
    r.orders
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.campaign,
    m.place,
    CAST(NULL AS BIGINT) AS spend,
    CAST(NULL AS BIGINT) AS orders
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.campaign,
    k.place,
    COALESCE(max(k.spend), 0) AS spend,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  'campaign' AS slicing,
  'all' AS segment,
  c.campaign,
  c.place IS NULL AS is_others,
  c.spend,
  c.orders,
  CAST(c.spend AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS cost_of_an_order
FROM cells_2 AS c
ORDER BY c.place NULLS LAST, c.campaign NULLS LAST, c.period_start;
