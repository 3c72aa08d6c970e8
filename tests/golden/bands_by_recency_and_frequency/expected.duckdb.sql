WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(orders.amount) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-16'
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-11-01'
    AND orders.ordered_on < DATE '2026-03-16'
  GROUP BY 1, 2
),
-- the time that each period reads: rolling 3 months
rolling_3_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-11-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2025-12-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, rolling 3 months
orders_monthly_rolling_3_months AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_rolling
  FROM orders_atoms_2 AS i
  JOIN rolling_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- orders: orders by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders
  FROM orders_atoms_2 AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-02-16')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_rolling) AS BIGINT) AS orders_previous
  FROM orders_atoms_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_rolling,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous
  FROM orders_monthly_rolling_3_months AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS orders_rolling,
    r.orders,
    CAST(NULL AS BIGINT) AS orders_previous
  FROM orders_monthly_2 AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS orders_rolling,
    CAST(NULL AS BIGINT) AS orders,
    r.orders_previous
  FROM orders_monthly_previous AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS customer,
    CAST(NULL AS BIGINT) AS orders_rolling,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_rolling), 0) AS orders_rolling,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.orders_previous), 0) AS orders_previous
  FROM stack AS k
  GROUP BY 1, 2
),
-- loyalty: the band of each customer, and of those without a row
loyalty_bands AS (
  SELECT
    c.period_start,
    c.customer,
    CASE
      WHEN (c.orders_rolling >= 2 AND c.orders > 0) IS TRUE THEN 'loyal'
      WHEN (c.orders_previous > 0) IS TRUE THEN 'returning'
      ELSE 'other'
    END AS loyalty
  FROM cells AS c
),
-- loyalty: the band of those without a row
loyalty_without_rows AS (
  SELECT
    b.period_start,
    max(b.loyalty) AS loyalty
  FROM loyalty_bands AS b
  WHERE b.customer IS NULL
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly_3 AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    sum(orders.amount) AS revenue_where
  FROM orders
  LEFT JOIN loyalty_bands AS b
    ON b.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
    AND b.customer = orders.customer_id
  LEFT JOIN loyalty_without_rows AS n
    ON n.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-16'
    AND CASE
      WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.loyalty
      ELSE n.loyalty
    END
      = 'loyal'
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders by month
orders_monthly_4 AS (
  SELECT
    w.period_start,
    sum(orders.amount) FILTER (
      WHERE CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.loyalty
        ELSE n.loyalty
      END
        = 'loyal'
    ) AS revenue_where_rolling,
    count(*) FILTER (
      WHERE CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.loyalty
        ELSE n.loyalty
      END
        = 'returning'
    ) AS orders_where_rolling
  FROM orders
  JOIN rolling_2_months AS w
    ON orders.ordered_on >= w.window_start
    AND orders.ordered_on < w.window_end
  LEFT JOIN loyalty_bands AS b
    ON b.period_start = w.period_start
    AND b.customer = orders.customer_id
  LEFT JOIN loyalty_without_rows AS n ON n.period_start = w.period_start
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-03-16'
  GROUP BY 1
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    count(*) AS orders_previous_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-10-01'
    AND orders.ordered_on < DATE '2026-02-16'
  GROUP BY 1, 2
),
-- the time that each period reads: previous rolling 3 months
previous_rolling_3_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-10-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2025-11-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2025-12-01', DATE '2026-02-16')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous rolling 3 months
orders_monthly_previous_rolling_3_months AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_previous_rolling) AS BIGINT) AS orders_previous_rolling
  FROM orders_atoms_3 AS i
  JOIN previous_rolling_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- orders: orders by month, previous
orders_monthly_previous_2 AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_previous_rolling) AS BIGINT) AS orders_previous
  FROM orders_atoms_3 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- the time that each period reads: previous previous
previous_previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-11-01', DATE '2025-12-01'),
      (DATE '2026-02-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-01-16')
  ) AS q(period_start, window_start, window_end)
),
-- orders: orders by month, previous previous
orders_monthly_previous_previous AS (
  SELECT
    w.period_start,
    i.customer,
    CAST(sum(i.orders_previous_rolling) AS BIGINT) AS orders_previous_2
  FROM orders_atoms_3 AS i
  JOIN previous_previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source, and a row of nobody
stack_2 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_previous_rolling,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2
  FROM orders_monthly_previous_rolling_3_months AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS orders_previous_rolling,
    r.orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2
  FROM orders_monthly_previous_2 AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS orders_previous_rolling,
    CAST(NULL AS BIGINT) AS orders_previous,
    r.orders_previous_2
  FROM orders_monthly_previous_previous AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS customer,
    CAST(NULL AS BIGINT) AS orders_previous_rolling,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_previous_rolling), 0) AS orders_previous_rolling,
    COALESCE(max(k.orders_previous), 0) AS orders_previous,
    COALESCE(max(k.orders_previous_2), 0) AS orders_previous_2
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- loyalty: the band of each customer, and of those without a row
loyalty_bands_2 AS (
  SELECT
    c.period_start,
    c.customer,
    CASE
      WHEN (c.orders_previous_rolling >= 2 AND c.orders_previous > 0) IS TRUE THEN 'loyal'
      WHEN (c.orders_previous_2 > 0) IS TRUE THEN 'returning'
      ELSE 'other'
    END AS loyalty
  FROM cells_2 AS c
),
-- loyalty: the band of those without a row
loyalty_without_rows_2 AS (
  SELECT
    b.period_start,
    max(b.loyalty) AS loyalty
  FROM loyalty_bands_2 AS b
  WHERE b.customer IS NULL
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly_5 AS (
  SELECT
    w.period_start,
    sum(orders.amount) AS revenue_where_previous
  FROM orders
  JOIN previous AS w
    ON orders.ordered_on >= w.window_start
    AND orders.ordered_on < w.window_end
  LEFT JOIN loyalty_bands_2 AS b
    ON b.period_start = w.period_start
    AND b.customer = orders.customer_id
  LEFT JOIN loyalty_without_rows_2 AS n ON n.period_start = w.period_start
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-02-16'
    AND CASE
      WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.loyalty
      ELSE n.loyalty
    END
      = 'loyal'
  GROUP BY 1
),
-- orders: orders, orders_rows by month
orders_monthly_6 AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.customer_id AS customer,
    count(*) FILTER (
      WHERE CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.loyalty
        ELSE n.loyalty
      END
        = 'loyal'
    ) AS orders_where,
    count(*) FILTER (
      WHERE CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.loyalty
        ELSE n.loyalty
      END
        = 'loyal'
    ) AS orders_rows_where
  FROM orders
  LEFT JOIN loyalty_bands AS b
    ON b.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
    AND b.customer = orders.customer_id
  LEFT JOIN loyalty_without_rows AS n
    ON n.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-16'
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.customer,
    r.orders_where,
    r.orders_rows_where
  FROM orders_monthly_6 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.orders_where), 0) AS orders_where,
    COALESCE(max(k.orders_rows_where), 0) AS orders_rows_where
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer
  FROM cells_3 AS c
  WHERE (c.orders_rows_where > 0) IS TRUE
    AND (c.orders_where > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r2.revenue_where, 0) AS revenue_where,
    COALESCE(r3.revenue_where_rolling, 0) AS revenue_where_rolling,
    COALESCE(r3.orders_where_rolling, 0) AS orders_where_rolling,
    COALESCE(r5.per_customer, 0) AS per_customer,
    COALESCE(r4.revenue_where_previous, 0) AS revenue_where_previous
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_3 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_monthly_4 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_monthly_5 AS r4 ON r4.period_start = p.period_start
  LEFT JOIN per_customer_result AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  c.revenue_where AS of_loyal,
  c.revenue_where_rolling AS of_loyal_in_two_months,
  c.orders_where_rolling AS orders_of_returning,
  c.per_customer AS loyal_buyers,
  c.revenue_where_previous AS of_loyal_before
FROM cells_4 AS c
ORDER BY c.period_start;
