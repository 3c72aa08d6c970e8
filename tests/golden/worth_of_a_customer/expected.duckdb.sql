WITH
-- customers by day
customers_atoms AS (
  SELECT
    customers.lost_on AS period_start,
    count(*) AS lost_customers
  FROM customers
  WHERE customers.lost_on >= DATE '2026-01-01'
    AND customers.lost_on < DATE '2030-01-01'
  GROUP BY 1
),
-- customers: lost_customers by year
customers_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.lost_customers) AS BIGINT) AS lost_customers
  FROM customers_atoms AS i
  GROUP BY 1
),
-- customers: what comes and goes, by day
customers_atoms_2 AS (
  SELECT
    customers.acquired_on AS period_start,
    count(*) AS customers_at_start
  FROM customers
  WHERE customers.acquired_on < DATE '2029-01-01'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN customers.lost_on > customers.acquired_on THEN customers.lost_on
      ELSE customers.acquired_on
    END AS period_start,
    -count(*) AS customers_at_start
  FROM customers
  WHERE customers.acquired_on < DATE '2029-01-01'
    AND customers.lost_on < DATE '2029-01-01'
  GROUP BY 1
),
-- the time that each period reads: at start
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-01-01', DATE '2026-01-01'),
      (DATE '2027-01-01', DATE '2026-01-01', DATE '2027-01-01'),
      (DATE '2028-01-01', DATE '2027-01-01', DATE '2028-01-01'),
      (DATE '2029-01-01', DATE '2028-01-01', DATE '2029-01-01')
  ) AS q(period_start, window_start, window_end)
),
-- customers: what is there from one change to the next
customers_states AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2030-01-01') AS until,
    COALESCE(
      sum(sum(i.customers_at_start)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS customers_at_start
  FROM customers_atoms_2 AS i
  GROUP BY 1
),
-- customers: customers by year, at start
customers_yearly_at_start AS (
  SELECT
    w.period_start,
    CAST(i.customers_at_start AS BIGINT) AS customers_at_start
  FROM customers_states AS i
  JOIN at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    sum(CAST(orders.cogs AS DECIMAL(10, 2))) AS cogs
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2030-01-01'
  GROUP BY 1
),
-- orders: revenue, cogs by year
orders_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue,
    sum(i.cogs) AS cogs
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders: buyers by year
orders_distinct_yearly AS (
  SELECT
    CAST(date_trunc('year', orders.ordered_on) AS DATE) AS period_start,
    count(DISTINCT orders.customer_id) AS buyers
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2030-01-01'
  GROUP BY 1
),
-- spend by day
spend_atoms AS (
  SELECT
    spend.day AS period_start,
    sum(CAST(spend.cost AS DECIMAL(10, 2))) AS marketing_sales_cost,
    sum(spend.leads) AS leads
  FROM spend
  WHERE spend.day >= DATE '2026-01-01'
    AND spend.day < DATE '2030-01-01'
  GROUP BY 1
),
-- spend: marketing_sales_cost, leads by year
spend_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    sum(i.marketing_sales_cost) AS marketing_sales_cost,
    sum(i.leads) AS leads
  FROM spend_atoms AS i
  GROUP BY 1
),
-- customers by day
customers_atoms_3 AS (
  SELECT
    customers.acquired_on AS period_start,
    count(*) AS new_customers
  FROM customers
  WHERE customers.acquired_on >= DATE '2026-01-01'
    AND customers.acquired_on < DATE '2030-01-01'
  GROUP BY 1
),
-- customers: new_customers by year
customers_yearly_2 AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.new_customers) AS BIGINT) AS new_customers
  FROM customers_atoms_3 AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2029-01-01', INTERVAL '1 year') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.lost_customers, 0) AS lost_customers,
    COALESCE(r2.customers_at_start, 0) AS customers_at_start,
    COALESCE(r3.revenue, 0) AS revenue,
    COALESCE(r4.buyers, 0) AS buyers,
    COALESCE(r3.cogs, 0) AS cogs,
    COALESCE(r5.marketing_sales_cost, 0) AS marketing_sales_cost,
    COALESCE(r6.new_customers, 0) AS new_customers,
    COALESCE(r5.leads, 0) AS leads
  FROM spine AS p
  LEFT JOIN customers_yearly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN customers_yearly_at_start AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_yearly AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_distinct_yearly AS r4 ON r4.period_start = p.period_start
  LEFT JOIN spend_yearly AS r5 ON r5.period_start = p.period_start
  LEFT JOIN customers_yearly_2 AS r6 ON r6.period_start = p.period_start
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CAST(c.lost_customers AS DOUBLE) / NULLIF(c.customers_at_start, 0) AS churn_rate,
    CAST(c.revenue AS DOUBLE) / NULLIF(c.buyers, 0) AS average_revenue_per_customer,
    CAST(c.revenue - c.cogs AS DOUBLE) / NULLIF(c.revenue, 0) AS gross_margin_rate,
    CAST(c.marketing_sales_cost AS DOUBLE) / NULLIF(c.new_customers, 0) AS cac
  FROM cells AS c
),
-- KPIs that other KPIs use
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CAST(c.average_revenue_per_customer * c.gross_margin_rate AS DOUBLE) / NULLIF(c.churn_rate, 0) AS ltv
  FROM formulas AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.churn_rate,
  c.average_revenue_per_customer,
  c.gross_margin_rate,
  c.ltv,
  CAST(1 AS DOUBLE) / NULLIF(c.churn_rate, 0) AS lifetime,
  c.average_revenue_per_customer * c.gross_margin_rate
    * (CAST(1 AS DOUBLE) / NULLIF(c.churn_rate, 0)) AS ltv_by_lifetime,
  c.cac,
  CAST(c.marketing_sales_cost AS DOUBLE) / NULLIF(c.leads, 0) AS cpl,
  CAST(c.ltv AS DOUBLE) / NULLIF(c.cac, 0) AS ltv_cac_ratio,
  CAST(c.ltv AS DOUBLE) / NULLIF(CAST(c.marketing_sales_cost AS DOUBLE) / NULLIF(c.leads, 0), 0) AS ltv_cpl_ratio,
  CAST(c.cac AS DOUBLE) / NULLIF(c.average_revenue_per_customer * c.gross_margin_rate, 0) AS payback_years
FROM formulas_2 AS c
ORDER BY c.period_start;
