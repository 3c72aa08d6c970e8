WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    count(*) AS orders
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
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
-- orders: orders, orders_rows by month, asked range
orders_monthly_asked_range AS (
  SELECT
    w.period_start,
    i.country,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
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
    r.country,
    r.orders,
    r.orders_rows
  FROM orders_monthly_asked_range AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.country,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.orders END AS ranked_by
  FROM cells AS c
),
-- the 9 best of country
country_best AS MATERIALIZED (
  SELECT
    q.country,
    q.place
  FROM (
    SELECT
      c.country,
      rank() OVER (PARTITION BY c.period_start ORDER BY c.ranked_by DESC NULLS LAST) AS place
    FROM formulas AS c
    WHERE c.ranked_by IS NOT NULL
  ) AS q
  WHERE q.place <= 9
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.day AS period_start,
    best.country,
    best.place,
    count(*) AS orders
  FROM orders
  LEFT JOIN country_best AS best ON best.country IS NOT DISTINCT FROM orders.country
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.country,
    i.place,
    CAST(sum(i.orders) AS BIGINT) AS orders
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
    i.country,
    i.place
  FROM orders_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.country,
    r.place,
    r.orders
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.country,
    m.place,
    CAST(NULL AS BIGINT) AS orders
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.country,
    k.place,
    COALESCE(max(k.orders), 0) AS orders
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  'country' AS slicing,
  'all' AS segment,
  c.country,
  c.place IS NULL AS is_others,
  c.orders
FROM cells_2 AS c
ORDER BY c.place NULLS LAST, c.country NULLS LAST, c.period_start;
