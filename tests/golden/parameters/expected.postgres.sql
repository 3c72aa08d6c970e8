WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) FILTER (WHERE CAST(orders.amount AS NUMERIC(12, 2)) > 30) AS big,
    count(*) FILTER (WHERE customer.country = 'FR') AS home,
    count(*) FILTER (WHERE orders.ordered_on >= DATE '2026-02-01') AS late,
    count(*) FILTER (WHERE orders.ordered_on >= DATE '2026-02-01' + 7) AS later,
    count(*) AS orders
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: big, home, late, later, orders by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.big) AS BIGINT) AS big,
    CAST(sum(i.home) AS BIGINT) AS home,
    CAST(sum(i.late) AS BIGINT) AS late,
    CAST(sum(i.later) AS BIGINT) AS later,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.big, 0) AS big,
    COALESCE(r1.home, 0) AS home,
    COALESCE(r1.late, 0) AS late,
    COALESCE(r1.later, 0) AS later,
    COALESCE(r1.orders, 0) AS orders
  FROM spine AS p
  LEFT JOIN orders_quarterly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.big,
  c.home,
  c.late,
  c.later,
  c.orders * 0.5 AS half,
  CASE WHEN c.orders > 30 THEN 1 ELSE 0 END AS is_many
FROM cells AS c
ORDER BY c.period_start;
