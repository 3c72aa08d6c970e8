WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    customer.country,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-01-16'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.country,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.country,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 4
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.country,
    r.revenue,
    r.orders_rows
  FROM orders_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.country,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- over each country, those that take part
per_country_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    CAST(sum(c.revenue) AS DOUBLE) / NULLIF(count(c.revenue), 0) AS per_country
  FROM cells AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.country IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    customer.country,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-01-16'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.country,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.country,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.country,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.country,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each country, those that take part
per_country_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_country_2
  FROM cells_2 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND (c.revenue > 0) IS TRUE
    AND c.country IS NOT NULL
  GROUP BY 1, 2, 3
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    customer.country,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-01-16'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders_rows by month
orders_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.country,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.country,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.country,
    r.revenue,
    r.orders_rows
  FROM orders_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.country,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each country, those that take part
per_country_3_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    max(c.revenue) AS per_country_3
  FROM cells_3 AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.country IS NOT NULL
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
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
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.per_country,
    CAST(NULL AS BIGINT) AS per_country_2,
    CAST(NULL AS BIGINT) AS per_country_3
  FROM per_country_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_country,
    r.per_country_2,
    CAST(NULL AS BIGINT) AS per_country_3
  FROM per_country_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_country,
    CAST(NULL AS BIGINT) AS per_country_2,
    r.per_country_3
  FROM per_country_3_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS per_country,
    CAST(NULL AS BIGINT) AS per_country_2,
    CAST(NULL AS BIGINT) AS per_country_3
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    max(k.per_country) AS per_country,
    COALESCE(max(k.per_country_2), 0) AS per_country_2,
    max(k.per_country_3) AS per_country_3
  FROM stack_4 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.per_country AS mean_of_countries,
  c.per_country_2 AS countries,
  c.per_country_3 AS largest
FROM cells_4 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
