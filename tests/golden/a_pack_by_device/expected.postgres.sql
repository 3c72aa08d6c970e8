WITH
-- orders by day
orders_atoms AS (
  SELECT
    CAST(orders.ordered_at AS DATE) AS period_start,
    lower(orders.device) AS device,
    sum(orders.total) AS revenue,
    sum(orders.discount) AS discounts,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-03-01 00:00:00'
    AND orders.customer_id IS NOT NULL
  GROUP BY 1, 2
),
-- orders: revenue, discounts, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    sum(i.revenue) AS revenue,
    sum(i.discounts) AS discounts,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    sum(i.revenue) AS revenue,
    sum(i.discounts) AS discounts,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1
),
-- order_lines by day
order_lines_atoms AS (
  SELECT
    CAST("order".ordered_at AS DATE) AS period_start,
    lower("order".device) AS device,
    sum(order_lines.amount) AS lines_revenue,
    sum(order_lines.cogs) AS goods_cost
  FROM order_lines
  LEFT JOIN orders AS "order"
    ON "order".order_id = order_lines.order_id
    AND "order".customer_id IS NOT NULL
  WHERE "order".ordered_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND "order".ordered_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2
),
-- order_lines: lines_revenue, goods_cost by month
order_lines_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    sum(i.lines_revenue) AS lines_revenue,
    sum(i.goods_cost) AS goods_cost
  FROM order_lines_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    sum(i.lines_revenue) AS lines_revenue,
    sum(i.goods_cost) AS goods_cost
  FROM order_lines_atoms AS i
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
    'device' AS slicing,
    i.device
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM order_lines_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS device
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.revenue,
    r.discounts,
    r.orders,
    CAST(NULL AS BIGINT) AS lines_revenue,
    CAST(NULL AS BIGINT) AS goods_cost
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS discounts,
    CAST(NULL AS BIGINT) AS orders,
    r.lines_revenue,
    r.goods_cost
  FROM order_lines_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.device,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS discounts,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS lines_revenue,
    CAST(NULL AS BIGINT) AS goods_cost
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.discounts), 0) AS discounts,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.lines_revenue), 0) AS lines_revenue,
    COALESCE(max(k.goods_cost), 0) AS goods_cost
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.device,
  CAST(c.revenue + c.discounts AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS aov,
  CAST(c.discounts AS DOUBLE PRECISION) / NULLIF(c.revenue + c.discounts, 0) AS discount_rate,
  CAST(c.lines_revenue - c.goods_cost AS DOUBLE PRECISION) / NULLIF(c.lines_revenue, 0) AS gross_margin_rate,
  CAST(c.lines_revenue - c.goods_cost AS DOUBLE PRECISION) / NULLIF(c.lines_revenue, 0) * c.revenue AS margin
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'device' THEN 1 END,
  c.device NULLS LAST,
  c.period_start;
