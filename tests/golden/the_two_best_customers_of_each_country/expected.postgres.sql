WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS country,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    orders.customer_id AS customer,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS country,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 4
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by
  FROM cells AS c
),
-- members among each other
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing, c.country, c.customer IS NOT NULL
          ORDER BY c.ranked_by DESC NULLS LAST
        )
    END AS place
  FROM formulas AS c
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.country,
    sum(c.revenue) AS per_customer
  FROM formulas_2 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.place <= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    orders.customer_id AS customer,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS country,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- what members are ordered by
formulas_3 AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by
  FROM cells_2 AS c
),
-- members among each other
formulas_4 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing, c.country, c.customer IS NOT NULL
          ORDER BY c.ranked_by DESC NULLS LAST
        )
    END AS place
  FROM formulas_3 AS c
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.country,
    count(*) AS per_customer_2
  FROM formulas_4 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.place <= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_4 AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    orders.customer_id AS customer,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_4 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS country,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_4 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_4 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
),
-- what members are ordered by
formulas_5 AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by
  FROM cells_3 AS c
),
-- members among each other
formulas_6 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL
        AND min(c.ranked_by) OVER (
          PARTITION BY c.period_start, c.slicing, c.country, c.customer IS NOT NULL
        )
          >= 0 THEN CAST(
          sum(c.ranked_by) OVER (
            PARTITION BY c.period_start, c.slicing, c.country, c.customer IS NOT NULL
            ORDER BY c.ranked_by DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE PRECISION
        )
          / NULLIF(
            sum(c.ranked_by) OVER (
              PARTITION BY c.period_start, c.slicing, c.country, c.customer IS NOT NULL
            ), 0
          )
    END AS cumulative_share
  FROM formulas_5 AS c
),
-- over each customer, those that take part
per_customer_3_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.country,
    count(*) AS per_customer_3
  FROM formulas_6 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.cumulative_share <= 0.5) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_5 AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    orders.customer_id AS customer,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_5 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'country' AS slicing,
    i.country,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_5 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS country,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_5 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_5 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_4 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_4_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.country,
    count(*) AS per_customer_4
  FROM cells_4 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.revenue >= 30) IS TRUE
    AND c.customer IS NOT NULL
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
    'country' AS slicing,
    i.country
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country
  FROM orders_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country
  FROM orders_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country
  FROM orders_atoms_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'country' AS slicing,
    i.country
  FROM orders_atoms_5 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS country
),
-- results of each source, and a row for every cell asked
stack_5 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    r.orders_rows
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS orders_rows
  FROM per_customer_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    CAST(NULL AS BIGINT) AS per_customer,
    r.per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS orders_rows
  FROM per_customer_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    r.per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS orders_rows
  FROM per_customer_3_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    r.per_customer_4,
    CAST(NULL AS BIGINT) AS orders_rows
  FROM per_customer_4_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.country,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4,
    CAST(NULL AS BIGINT) AS orders_rows
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_5 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    COALESCE(max(k.per_customer), 0) AS per_customer,
    COALESCE(max(k.per_customer_2), 0) AS per_customer_2,
    COALESCE(max(k.per_customer_3), 0) AS per_customer_3,
    COALESCE(max(k.per_customer_4), 0) AS per_customer_4,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_5 AS k
  GROUP BY 1, 2, 3
),
-- what members are ordered by
formulas_7 AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.per_customer_4 END AS ranked_by
  FROM cells_5 AS c
),
-- members among each other
formulas_8 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL AND c.slicing <> 'total' THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing
          ORDER BY c.ranked_by DESC NULLS LAST
        )
    END AS place
  FROM formulas_7 AS c
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.country,
  c.per_customer AS revenue_of_the_best,
  c.per_customer_2 AS best_customers,
  c.per_customer_3 AS head,
  c.place AS place_by_good_customers
FROM formulas_8 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'country' THEN 1 END,
  c.country NULLS LAST,
  c.period_start;
