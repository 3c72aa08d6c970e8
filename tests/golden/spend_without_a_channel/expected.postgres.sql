WITH
-- spend by day
spend_atoms AS (
  SELECT
    spend.day AS period_start,
    spend.channel,
    sum(CAST(spend.cost AS NUMERIC(10, 2))) FILTER (WHERE spend.kind IN ('marketing', 'sales')) AS marketing_sales_cost
  FROM spend
  WHERE spend.day >= DATE '2026-01-01'
    AND spend.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- spend: marketing_sales_cost by month
spend_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.marketing_sales_cost) AS marketing_sales_cost
  FROM spend_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    sum(i.marketing_sales_cost) AS marketing_sales_cost
  FROM spend_atoms AS i
  GROUP BY 1
),
-- customers by day
customers_atoms AS (
  SELECT
    customers.acquired_on AS period_start,
    customers.channel,
    count(*) AS new_customers
  FROM customers
  WHERE customers.acquired_on >= DATE '2026-01-01'
    AND customers.acquired_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- customers: new_customers by month
customers_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    CAST(sum(i.new_customers) AS BIGINT) AS new_customers
  FROM customers_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    CAST(sum(i.new_customers) AS BIGINT) AS new_customers
  FROM customers_atoms AS i
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
  FROM spend_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM customers_atoms AS i
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
    r.marketing_sales_cost,
    CAST(NULL AS BIGINT) AS new_customers
  FROM spend_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS marketing_sales_cost,
    r.new_customers
  FROM customers_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS marketing_sales_cost,
    CAST(NULL AS BIGINT) AS new_customers
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.marketing_sales_cost), 0) AS marketing_sales_cost,
    COALESCE(max(k.new_customers), 0) AS new_customers
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.marketing_sales_cost,
  c.new_customers,
  CAST(c.marketing_sales_cost AS DOUBLE PRECISION) / NULLIF(c.new_customers, 0) AS cac
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
