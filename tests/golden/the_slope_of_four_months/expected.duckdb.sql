WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) FILTER (WHERE orders.channel = 'web') AS revenue_where,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-06-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-04-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where,
    sum(i.revenue) AS revenue_total,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-04-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1
),
-- orders over all members of channel
orders_total AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-04-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-04-01'),
      (DATE '2026-05-01', DATE '2026-04-01', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_previous,
    sum(i.revenue_where) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous,
    sum(i.revenue_where) AS revenue_where_previous,
    sum(i.revenue) AS revenue_previous_total,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders over all members of channel, previous 1 month
orders_previous_1_month_total AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous_total
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 2 months
previous_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-04-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-05-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders by month, previous 2 months
orders_monthly_previous_2_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_previous_2,
    sum(i.revenue_where) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_2
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous_2,
    sum(i.revenue_where) AS revenue_where_previous_2,
    sum(i.revenue) AS revenue_previous_total_2,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_2
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders over all members of channel, previous 2 months
orders_previous_2_months_total AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous_total_2
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 3 months
previous_3_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-04-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-05-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders by month, previous 3 months
orders_monthly_previous_3_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_previous_3,
    sum(i.revenue_where) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_3
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous_3,
    sum(i.revenue_where) AS revenue_where_previous_3,
    sum(i.revenue) AS revenue_previous_total_3,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_3
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders over all members of channel, previous 3 months
orders_previous_3_months_total AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous_total_3
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: revenue by month, previous 1 month previous 1 month
orders_monthly_previous_1_month_previous_1_month AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_previous_4
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous_4
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: revenue by month, previous 1 month previous 2 months
orders_monthly_previous_1_month_previous_2_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_previous_5
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous_5
  FROM orders_atoms AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month previous 3 months
previous_1_month_previous_3_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-04-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-05-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous 1 month previous 3 months
orders_monthly_previous_1_month_previous_3_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue_previous_6
  FROM orders_atoms AS i
  JOIN previous_1_month_previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_previous_6
  FROM orders_atoms AS i
  JOIN previous_1_month_previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.channel,
    orders.customer_id AS entity
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-02-01'
    AND orders.ordered_on < DATE '2026-06-01'
  GROUP BY 1, 2, 3
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    count(i.entity) AS buyers
  FROM orders_entities AS i
  WHERE i.period_start >= DATE '2026-04-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  WHERE i.period_start >= DATE '2026-04-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1
),
-- orders: buyers by month, previous 1 month
orders_distinct_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    count(DISTINCT i.entity) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers_previous
  FROM orders_entities AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: buyers by month, previous 2 months
orders_distinct_monthly_previous_2_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    count(DISTINCT i.entity) AS buyers_previous_2
  FROM orders_entities AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers_previous_2
  FROM orders_entities AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    count(*) AS orders
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-06-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue, orders, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  WHERE i.period_start >= DATE '2026-04-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  WHERE i.period_start >= DATE '2026-04-01'
    AND i.period_start < DATE '2026-06-01'
  GROUP BY 1, 4
),
-- orders: revenue, orders, orders_rows by month, previous 1 month
orders_monthly_previous_1_month_2 AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_2 AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_2 AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
),
-- orders: revenue, orders, orders_rows by month, previous 2 months
orders_monthly_previous_2_months_2 AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue_previous_2,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_2,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows_previous_2
  FROM orders_atoms_2 AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue_previous_2,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_2,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows_previous_2
  FROM orders_atoms_2 AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
),
-- orders: revenue, orders, orders_rows by month, previous 3 months
orders_monthly_previous_3_months_2 AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    sum(i.revenue) AS revenue_previous_3,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_3,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows_previous_3
  FROM orders_atoms_2 AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.customer,
    sum(i.revenue) AS revenue_previous_3,
    CAST(sum(i.orders) AS BIGINT) AS orders_previous_3,
    CAST(sum(i.orders) AS BIGINT) AS orders_rows_previous_3
  FROM orders_atoms_2 AS i
  JOIN previous_3_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.revenue,
    r.orders,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    r.orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows_previous_3
  FROM orders_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    r.revenue_previous,
    r.orders_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS orders_rows,
    r.orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows_previous_3
  FROM orders_monthly_previous_1_month_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS orders_previous,
    r.revenue_previous_2,
    r.orders_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    r.orders_rows_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows_previous_3
  FROM orders_monthly_previous_2_months_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    r.revenue_previous_3,
    r.orders_previous_3,
    CAST(NULL AS BIGINT) AS orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2,
    r.orders_rows_previous_3
  FROM orders_monthly_previous_3_months_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.orders_previous), 0) AS orders_previous,
    COALESCE(max(k.revenue_previous_2), 0) AS revenue_previous_2,
    COALESCE(max(k.orders_previous_2), 0) AS orders_previous_2,
    COALESCE(max(k.revenue_previous_3), 0) AS revenue_previous_3,
    COALESCE(max(k.orders_previous_3), 0) AS orders_previous_3,
    COALESCE(max(k.orders_rows), 0) AS orders_rows,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous,
    COALESCE(max(k.orders_rows_previous_2), 0) AS orders_rows_previous_2,
    COALESCE(max(k.orders_rows_previous_3), 0) AS orders_rows_previous_3
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_customer
  FROM cells AS c
  WHERE (
      c.orders_rows > 0
      OR c.orders_rows_previous > 0
      OR c.orders_rows_previous_2 > 0
      OR c.orders_rows_previous_3 > 0
    ) IS TRUE
    AND (
      (
        SELECT
          CASE
            WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
          END AS value
        FROM (
          VALUES
            (0, CAST(c.revenue_previous_3 AS DOUBLE) / NULLIF(c.orders_previous_3, 0)),
            (1, CAST(c.revenue_previous_2 AS DOUBLE) / NULLIF(c.orders_previous_2, 0)),
            (2, CAST(c.revenue_previous AS DOUBLE) / NULLIF(c.orders_previous, 0)),
            (3, CAST(c.revenue AS DOUBLE) / NULLIF(c.orders, 0))
        ) AS p(place, value)
      )
        > 0
    ) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-04-01', TIMESTAMP '2026-05-01', INTERVAL '1 month') AS periods(start)
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
  FROM orders_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    r.revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    r.revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    r.orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    r.revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    r.revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    r.orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_monthly_previous_1_month AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    r.revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    r.revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    r.orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_monthly_previous_2_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    r.revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    r.revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    r.revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    r.orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_monthly_previous_3_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    r.revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_monthly_previous_1_month_previous_1_month AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    r.revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_monthly_previous_1_month_previous_2_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    r.revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_monthly_previous_1_month_previous_3_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    r.buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    r.buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_distinct_monthly_previous_1_month AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    r.buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM orders_distinct_monthly_previous_2_months AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    r.per_customer
  FROM per_customer_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous,
    CAST(NULL AS BIGINT) AS revenue_where_previous_2,
    CAST(NULL AS BIGINT) AS revenue_where_previous_3,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total,
    CAST(NULL AS BIGINT) AS revenue_previous_total_2,
    CAST(NULL AS BIGINT) AS revenue_previous_total_3,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS orders_previous,
    CAST(NULL AS BIGINT) AS orders_previous_2,
    CAST(NULL AS BIGINT) AS orders_previous_3,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS buyers_previous,
    CAST(NULL AS BIGINT) AS buyers_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_4,
    CAST(NULL AS BIGINT) AS revenue_previous_5,
    CAST(NULL AS BIGINT) AS revenue_previous_6,
    CAST(NULL AS BIGINT) AS per_customer
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    max(k.revenue) AS revenue,
    max(k.revenue_previous) AS revenue_previous,
    max(k.revenue_previous_2) AS revenue_previous_2,
    max(k.revenue_previous_3) AS revenue_previous_3,
    max(k.revenue_where) AS revenue_where,
    max(k.revenue_where_previous) AS revenue_where_previous,
    max(k.revenue_where_previous_2) AS revenue_where_previous_2,
    max(k.revenue_where_previous_3) AS revenue_where_previous_3,
    max(k.revenue_total) AS revenue_total,
    max(k.revenue_previous_total) AS revenue_previous_total,
    max(k.revenue_previous_total_2) AS revenue_previous_total_2,
    max(k.revenue_previous_total_3) AS revenue_previous_total_3,
    max(k.orders) AS orders,
    max(k.orders_previous) AS orders_previous,
    max(k.orders_previous_2) AS orders_previous_2,
    max(k.orders_previous_3) AS orders_previous_3,
    max(k.buyers) AS buyers,
    max(k.buyers_previous) AS buyers_previous,
    max(k.buyers_previous_2) AS buyers_previous_2,
    max(k.revenue_previous_4) AS revenue_previous_4,
    max(k.revenue_previous_5) AS revenue_previous_5,
    max(k.revenue_previous_6) AS revenue_previous_6,
    max(k.per_customer) AS per_customer
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells_2 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.channel,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(m.revenue_previous, 0) AS revenue_previous,
    COALESCE(m.revenue_previous_2, 0) AS revenue_previous_2,
    COALESCE(m.revenue_previous_3, 0) AS revenue_previous_3,
    COALESCE(m.revenue_where, 0) AS revenue_where,
    COALESCE(m.revenue_where_previous, 0) AS revenue_where_previous,
    COALESCE(m.revenue_where_previous_2, 0) AS revenue_where_previous_2,
    COALESCE(m.revenue_where_previous_3, 0) AS revenue_where_previous_3,
    COALESCE(COALESCE(m.revenue_total, t1.revenue_total), 0) AS revenue_total,
    COALESCE(COALESCE(m.revenue_previous_total, t2.revenue_previous_total), 0) AS revenue_previous_total,
    COALESCE(COALESCE(m.revenue_previous_total_2, t3.revenue_previous_total_2), 0) AS revenue_previous_total_2,
    COALESCE(COALESCE(m.revenue_previous_total_3, t4.revenue_previous_total_3), 0) AS revenue_previous_total_3,
    COALESCE(m.orders, 0) AS orders,
    COALESCE(m.orders_previous, 0) AS orders_previous,
    COALESCE(m.orders_previous_2, 0) AS orders_previous_2,
    COALESCE(m.orders_previous_3, 0) AS orders_previous_3,
    COALESCE(m.buyers, 0) AS buyers,
    COALESCE(m.buyers_previous, 0) AS buyers_previous,
    COALESCE(m.buyers_previous_2, 0) AS buyers_previous_2,
    COALESCE(m.revenue_previous_4, 0) AS revenue_previous_4,
    COALESCE(m.revenue_previous_5, 0) AS revenue_previous_5,
    COALESCE(m.revenue_previous_6, 0) AS revenue_previous_6,
    COALESCE(m.per_customer, 0) AS per_customer
  FROM merged AS m
  LEFT JOIN orders_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
  LEFT JOIN orders_previous_1_month_total AS t2
    ON t2.period_start = m.period_start
    AND t2.slicing = m.slicing
  LEFT JOIN orders_previous_2_months_total AS t3
    ON t3.period_start = m.period_start
    AND t3.slicing = m.slicing
  LEFT JOIN orders_previous_3_months_total AS t4
    ON t4.period_start = m.period_start
    AND t4.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.revenue_previous_3),
        (1, c.revenue_previous_2),
        (2, c.revenue_previous),
        (3, c.revenue)
    ) AS p(place, value)
  ) AS trend,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.revenue_where_previous_3),
        (1, c.revenue_where_previous_2),
        (2, c.revenue_where_previous),
        (3, c.revenue_where)
    ) AS p(place, value)
  ) AS trend_of_web,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.revenue_previous_total_3),
        (1, c.revenue_previous_total_2),
        (2, c.revenue_previous_total),
        (3, c.revenue_total)
    ) AS p(place, value)
  ) AS trend_of_all,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, CAST(c.revenue_previous_3 AS DOUBLE) / NULLIF(c.orders_previous_3, 0)),
        (1, CAST(c.revenue_previous_2 AS DOUBLE) / NULLIF(c.orders_previous_2, 0)),
        (2, CAST(c.revenue_previous AS DOUBLE) / NULLIF(c.orders_previous, 0)),
        (3, CAST(c.revenue AS DOUBLE) / NULLIF(c.orders, 0))
    ) AS p(place, value)
  ) AS trend_of_value,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.buyers_previous_2),
        (1, c.buyers_previous),
        (2, c.buyers)
    ) AS p(place, value)
  ) AS trend_of_buyers,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
      END AS value
    FROM (
      VALUES
        (0, c.revenue_previous_3),
        (1, c.revenue_previous_2),
        (2, c.revenue_previous),
        (3, c.revenue)
    ) AS p(place, value)
  )
    - (
      SELECT
        CASE
          WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE), CAST(p.place AS DOUBLE))
        END AS value
      FROM (
        VALUES
          (0, c.revenue_previous_6),
          (1, c.revenue_previous_5),
          (2, c.revenue_previous_4),
          (3, c.revenue_previous)
      ) AS p(place, value)
    ) AS bend,
  c.per_customer AS growing
FROM cells_2 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
