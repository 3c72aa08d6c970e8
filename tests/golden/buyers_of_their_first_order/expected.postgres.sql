WITH
-- when each entity enters: its first row
buyers_entries AS (
  SELECT
    q.entity,
    q.kpic_entered,
    q.key_1
  FROM (
    SELECT
      orders.customer_id AS entity,
      orders.ordered_on AS kpic_entered,
      orders.id AS key_1,
      row_number() OVER (PARTITION BY orders.customer_id ORDER BY orders.ordered_on, orders.id) AS kpic_place
    FROM orders
    WHERE orders.customer_id IS NOT NULL
      AND orders.ordered_on IS NOT NULL
  ) AS q
  WHERE q.kpic_place = 1
),
-- what those who entered did afterwards: orders
buyers_orders AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM orders
  JOIN buyers_entries AS e
    ON orders.customer_id = e.entity
    AND orders.ordered_on >= CAST(e.kpic_entered AS DATE) + 1
  GROUP BY 1
),
-- the rows with which entities enter
buyers AS (
  SELECT
    orders.*,
    e.kpic_entered,
    v.kpic_value
  FROM orders
  JOIN buyers_entries AS e ON e.key_1 = orders.id
  LEFT JOIN buyers_orders AS v ON v.entity = e.entity
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) FILTER (WHERE orders.kpic_value > 0) AS buyers_with_orders,
    count(*) AS buyers_entrants
  FROM buyers AS orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1
),
-- orders: buyers_with_orders, buyers_entrants by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.buyers_with_orders) AS BIGINT) AS buyers_with_orders,
    CAST(sum(i.buyers_entrants) AS BIGINT) AS buyers_entrants
  FROM orders_atoms AS i
  GROUP BY 1
),
-- what those who entered did afterwards: revenue
buyers_revenue AS (
  SELECT
    e.entity,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS kpic_value
  FROM orders
  JOIN buyers_entries AS e
    ON orders.customer_id = e.entity
    AND orders.ordered_on >= e.kpic_entered
  GROUP BY 1
),
-- the rows with which entities enter
buyers_2 AS (
  SELECT
    orders.*,
    e.kpic_entered,
    v.kpic_value
  FROM orders
  JOIN buyers_entries AS e ON e.key_1 = orders.id
  LEFT JOIN buyers_revenue AS v ON v.entity = e.entity
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(orders.kpic_value) AS buyers_revenue,
    count(*) AS buyers_entrants_2
  FROM buyers_2 AS orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1
),
-- orders: buyers_revenue, buyers_entrants by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.buyers_revenue) AS buyers_revenue,
    CAST(sum(i.buyers_entrants_2) AS BIGINT) AS buyers_entrants_2
  FROM orders_atoms_2 AS i
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
    COALESCE(r1.buyers_with_orders, 0) AS buyers_with_orders,
    COALESCE(r1.buyers_entrants, 0) AS buyers_entrants,
    COALESCE(r2.buyers_revenue, 0) AS buyers_revenue,
    COALESCE(r2.buyers_entrants_2, 0) AS buyers_entrants_2
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_2 AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.buyers_with_orders AS DOUBLE PRECISION) / NULLIF(c.buyers_entrants, 0) AS returned,
  CAST(c.buyers_revenue AS DOUBLE PRECISION) / NULLIF(c.buyers_entrants_2, 0) AS spent
FROM cells AS c
ORDER BY c.period_start;
