WITH
-- orders by day
orders_atoms AS (
  SELECT
    CAST(orders.ordered_at AS DATE) AS period_start,
    sum(orders.total) AS revenue,
    count(*) AS orders,
    count(*) FILTER (WHERE previous.order_id IS NOT NULL) AS repeat_orders,
    sum(orders.discount) AS discounts
  FROM orders
  LEFT JOIN (
    SELECT
      q.kpic_value_1,
      q.kpic_at,
      q.kpic_number
    FROM (
      SELECT
        r.kpic_value_1,
        r.kpic_at,
        count(r.kpic_counts) OVER (
          PARTITION BY r.kpic_value_1
          ORDER BY r.kpic_at DESC
          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS kpic_number,
        r.kpic_counts
      FROM (
        SELECT DISTINCT
          orders.customer_id AS kpic_value_1,
          orders.ordered_at AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM orders
        WHERE orders.customer_id IS NOT NULL
          AND orders.ordered_at IS NOT NULL
        UNION ALL
        SELECT
          orders.customer_id AS kpic_value_1,
          orders.ordered_at AS kpic_at,
          1 AS kpic_counts
        FROM orders
        WHERE orders.customer_id IS NOT NULL
          AND orders.ordered_at IS NOT NULL
          AND orders.ordered_at < TIMESTAMP '2026-03-01 00:00:00'
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS previous_number
    ON previous_number.kpic_value_1 = orders.customer_id
    AND previous_number.kpic_at = orders.ordered_at
  LEFT JOIN (
    SELECT
      orders.*,
      row_number() OVER (
        PARTITION BY orders.customer_id
        ORDER BY orders.ordered_at DESC, orders.order_id
      ) AS kpic_number
    FROM orders
    WHERE orders.customer_id IS NOT NULL
      AND orders.ordered_at IS NOT NULL
      AND orders.ordered_at < TIMESTAMP '2026-03-01 00:00:00'
  ) AS previous
    ON previous.customer_id = orders.customer_id
    AND previous.kpic_number = previous_number.kpic_number + 1
  WHERE orders.ordered_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
),
-- orders: revenue, orders, repeat_orders, discounts by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.repeat_orders) AS BIGINT) AS repeat_orders,
    sum(i.discounts) AS discounts
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', orders.ordered_at) AS DATE) AS period_start,
    count(DISTINCT orders.customer_id) AS buyers
  FROM orders
  WHERE orders.ordered_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
),
-- order_lines by day
order_lines_atoms AS (
  SELECT
    CAST("order".ordered_at AS DATE) AS period_start,
    sum(order_lines.amount) AS lines_revenue,
    sum(order_lines.cogs) AS goods_cost,
    sum(order_lines.quantity) AS units_sold
  FROM order_lines
  LEFT JOIN orders AS "order" ON "order".order_id = order_lines.order_id
  WHERE "order".ordered_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND "order".ordered_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
),
-- order_lines: lines_revenue, goods_cost, units_sold by month
order_lines_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.lines_revenue) AS lines_revenue,
    sum(i.goods_cost) AS goods_cost,
    sum(i.units_sold) AS units_sold
  FROM order_lines_atoms AS i
  GROUP BY 1
),
-- order_lines: orders_with_lines by month
order_lines_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', "order".ordered_at) AS DATE) AS period_start,
    count(DISTINCT order_lines.order_id) AS orders_with_lines
  FROM order_lines
  LEFT JOIN orders AS "order" ON "order".order_id = order_lines.order_id
  WHERE "order".ordered_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND "order".ordered_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
),
-- sessions: visitors by month
sessions_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', sessions.began) AS DATE) AS period_start,
    count(DISTINCT sessions.visitor_id) AS visitors
  FROM visits AS sessions
  WHERE sessions.began >= TIMESTAMP '2026-01-01 00:00:00'
    AND sessions.began < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
),
-- carts by day
carts_atoms AS (
  SELECT
    CAST(carts.created_at AS DATE) AS period_start,
    count(*) FILTER (WHERE carts.ordered_at IS NULL) AS abandoned_carts,
    count(*) AS carts
  FROM carts
  WHERE carts.created_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND carts.created_at < TIMESTAMP '2026-02-28 00:00:00'
  GROUP BY 1
),
-- the time that each period reads: settled 24 hours
settled_24_hours AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-02-28')
  ) AS q(period_start, window_start, window_end)
),
-- carts: abandoned_carts, carts by month, settled 24 hours
carts_monthly_settled_24_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.abandoned_carts) AS BIGINT) AS abandoned_carts,
    CAST(sum(i.carts) AS BIGINT) AS carts
  FROM carts_atoms AS i
  JOIN settled_24_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
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
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r1.orders, 0) AS orders,
    COALESCE(r2.buyers, 0) AS buyers,
    COALESCE(r1.repeat_orders, 0) AS repeat_orders,
    COALESCE(r1.discounts, 0) AS discounts,
    COALESCE(r3.lines_revenue, 0) AS lines_revenue,
    COALESCE(r3.goods_cost, 0) AS goods_cost,
    COALESCE(r3.units_sold, 0) AS units_sold,
    COALESCE(r4.orders_with_lines, 0) AS orders_with_lines,
    COALESCE(r5.visitors, 0) AS visitors,
    COALESCE(r6.abandoned_carts, 0) AS abandoned_carts,
    COALESCE(r6.carts, 0) AS carts
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_distinct_monthly AS r2 ON r2.period_start = p.period_start
  LEFT JOIN order_lines_monthly AS r3 ON r3.period_start = p.period_start
  LEFT JOIN order_lines_distinct_monthly AS r4 ON r4.period_start = p.period_start
  LEFT JOIN sessions_distinct_monthly AS r5 ON r5.period_start = p.period_start
  LEFT JOIN carts_monthly_settled_24_hours AS r6 ON r6.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  c.orders,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS aov,
  CAST(c.orders AS DOUBLE PRECISION) / NULLIF(c.buyers, 0) AS orders_per_buyer,
  CAST(c.repeat_orders AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS repeat_order_rate,
  CAST(c.discounts AS DOUBLE PRECISION) / NULLIF(c.revenue + c.discounts, 0) AS discount_rate,
  CAST(c.lines_revenue - c.goods_cost AS DOUBLE PRECISION) / NULLIF(c.lines_revenue, 0) AS gross_margin_rate,
  CAST(c.units_sold AS DOUBLE PRECISION) / NULLIF(c.orders_with_lines, 0) AS units_per_order,
  CAST(c.orders AS DOUBLE PRECISION) / NULLIF(c.visitors, 0) AS ecommerce_conversion_rate,
  CAST(c.abandoned_carts AS DOUBLE PRECISION) / NULLIF(c.carts, 0) AS cart_abandonment_rate
FROM cells AS c
ORDER BY c.period_start;
