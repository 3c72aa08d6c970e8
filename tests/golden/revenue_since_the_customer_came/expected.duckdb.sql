WITH
-- when each entity enters
acquired_entries AS (
  SELECT
    customers.customer_id AS entity,
    customers.acquired_on AS kpic_entered,
    customers.customer_id AS key_1
  FROM customers
  WHERE customers.customer_id IS NOT NULL
    AND customers.acquired_on IS NOT NULL
    AND customers.acquired_on < DATE '2026-04-01'
),
-- what those who entered did afterwards: revenue
acquired_revenue AS (
  SELECT
    e.entity,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS kpic_value
  FROM orders
  JOIN acquired_entries AS e
    ON orders.customer_id = e.entity
    AND orders.ordered_on >= e.kpic_entered
  WHERE orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- the rows with which entities enter
acquired AS (
  SELECT
    customers.*,
    customers.acquired_on AS kpic_entered,
    v.kpic_value
  FROM customers
  LEFT JOIN acquired_revenue AS v ON v.entity = customers.customer_id
  WHERE customers.customer_id IS NOT NULL
    AND customers.acquired_on IS NOT NULL
    AND customers.acquired_on < DATE '2026-04-01'
),
-- customers by day
customers_atoms AS (
  SELECT
    customers.acquired_on AS period_start,
    sum(customers.kpic_value) AS acquired_revenue,
    count(*) AS acquired_entrants,
    max(customers.kpic_entered) AS acquired_youngest
  FROM acquired AS customers
  WHERE customers.acquired_on >= DATE '2026-01-01'
    AND customers.acquired_on < DATE '2026-03-01'
  GROUP BY 1
),
-- customers: acquired_revenue, acquired_entrants, acquired_youngest by month
customers_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.acquired_revenue) AS acquired_revenue,
    CAST(sum(i.acquired_entrants) AS BIGINT) AS acquired_entrants,
    max(i.acquired_youngest) AS acquired_youngest
  FROM customers_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.acquired_revenue, 0) AS acquired_revenue,
    COALESCE(r1.acquired_entrants, 0) AS acquired_entrants,
    r1.acquired_youngest
  FROM spine AS p
  LEFT JOIN customers_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CASE
    WHEN CAST(c.acquired_youngest AS DATE) + 1 <= DATE '2026-04-01' THEN CAST(
        c.acquired_revenue AS DOUBLE
      )
        / NULLIF(c.acquired_entrants, 0)
  END AS lifetime_revenue
FROM cells AS c
ORDER BY c.period_start;
