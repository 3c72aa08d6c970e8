WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
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
-- orders: revenue, orders_rows by month, asked range
orders_monthly_asked_range AS (
  SELECT
    w.period_start,
    i.country,
    sum(i.revenue) AS revenue,
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
    r.country,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_asked_range AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.country,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by
  FROM cells AS c
),
-- the 2 best of country
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
  WHERE q.place <= 2
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.day AS period_start,
    best.country,
    best.place,
    sum(orders.amount) AS revenue,
    count(*) AS orders
  FROM orders
  LEFT JOIN country_best AS best ON best.country IS NOT DISTINCT FROM orders.country
  WHERE orders.day >= DATE '2025-12-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    i.place,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_atoms_2 AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms_2 AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- orders over all members of country, is_others
orders_total AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms_2 AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    'country' AS slicing,
    i.country,
    i.place,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(date_trunc('month', orders.day) AS DATE) AS period_start,
    best.country,
    best.place,
    orders.customer AS entity
  FROM orders
  LEFT JOIN country_best AS best ON best.country IS NOT DISTINCT FROM orders.country
  WHERE orders.day >= DATE '2025-12-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'country' AS slicing,
    i.country,
    i.place,
    count(i.entity) AS buyers
  FROM orders_entities AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: buyers by month, rolling 2 months
orders_distinct_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    'country' AS slicing,
    i.country,
    i.place,
    count(DISTINCT i.entity) AS buyers_rolling
  FROM orders_entities AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    count(DISTINCT i.entity) AS buyers_rolling
  FROM orders_entities AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: every value
orders_rows AS (
  SELECT
    CAST(date_trunc('month', orders.day) AS DATE) AS period_start,
    best.country,
    best.place,
    orders.amount AS middle
  FROM orders
  LEFT JOIN country_best AS best ON best.country IS NOT DISTINCT FROM orders.country
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
),
-- orders: middle by month
orders_spread_monthly AS (
  SELECT
    i.period_start,
    'country' AS slicing,
    i.country,
    i.place,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(i.middle AS DOUBLE PRECISION)) AS middle
  FROM orders_rows AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(i.middle AS DOUBLE PRECISION)) AS middle
  FROM orders_rows AS i
  GROUP BY 1
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.day AS period_start,
    best.country,
    best.place,
    orders.country AS country_2,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
  FROM orders
  LEFT JOIN country_best AS best ON best.country IS NOT DISTINCT FROM orders.country
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4
),
-- orders: revenue, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    i.place,
    i.country_2,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 3, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    i.country_2,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 5
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.place,
    r.country_2,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    k.place,
    k.country_2,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each country, those that take part
per_country_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.country,
    c.place,
    CAST(sum(c.revenue) AS DOUBLE PRECISION) / NULLIF(count(c.revenue), 0) AS per_country
  FROM cells_2 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.country_2 IS NOT NULL
  GROUP BY 1, 2, 3, 4
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
    'country' AS slicing,
    i.country,
    i.place
  FROM orders_atoms_2 AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country,
    i.place
  FROM orders_rows AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country,
    i.place
  FROM orders_atoms_3 AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place
),
-- results of each source, and a row for every cell asked
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.place,
    r.revenue,
    CAST(NULL AS BIGINT) AS buyers,
    r.orders,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling,
    r.revenue_total,
    CAST(NULL AS BIGINT) AS per_country
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.place,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS middle,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS per_country
  FROM orders_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.place,
    CAST(NULL AS BIGINT) AS revenue,
    r.buyers,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS per_country
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.place,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.buyers_rolling,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS per_country
  FROM orders_distinct_monthly_rolling_2_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.place,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS orders,
    r.middle,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS per_country
  FROM orders_spread_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.place,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling,
    CAST(NULL AS BIGINT) AS revenue_total,
    r.per_country
  FROM per_country_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.country,
    m.place,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS buyers_rolling,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS per_country
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    k.place,
    max(k.revenue) AS revenue,
    max(k.buyers) AS buyers,
    max(k.orders) AS orders,
    max(k.middle) AS middle,
    max(k.revenue_previous) AS revenue_previous,
    max(k.buyers_rolling) AS buyers_rolling,
    max(k.revenue_total) AS revenue_total,
    max(k.per_country) AS per_country
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells_3 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.country,
    m.place,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(m.buyers, 0) AS buyers,
    COALESCE(m.orders, 0) AS orders,
    m.middle,
    COALESCE(m.revenue_previous, 0) AS revenue_previous,
    COALESCE(m.buyers_rolling, 0) AS buyers_rolling,
    COALESCE(COALESCE(m.revenue_total, t1.revenue_total), 0) AS revenue_total,
    m.per_country
  FROM merged AS m
  LEFT JOIN orders_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.country,
  CASE WHEN c.slicing = 'country' THEN c.place IS NULL END AS is_others,
  c.revenue,
  c.buyers,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS order_value,
  c.middle,
  c.revenue_previous AS before,
  c.buyers_rolling AS buyers_of_two_months,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.revenue_total, 0) AS share_of_all,
  c.per_country AS mean_of_countries
FROM cells_3 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'country' THEN 1 END,
  c.place NULLS LAST,
  c.country NULLS LAST,
  c.period_start;
