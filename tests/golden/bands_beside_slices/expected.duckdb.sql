WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue
  FROM orders_monthly AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS customer,
    CAST(NULL AS BIGINT) AS revenue
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue
  FROM stack AS k
  GROUP BY 1, 2
),
-- value: the band of each customer, and of those without a row
value_bands AS (
  SELECT
    c.period_start,
    c.customer,
    CASE
      WHEN (c.revenue >= 100) IS TRUE THEN 'big'
      WHEN (c.revenue >= 50) IS TRUE THEN 'mid'
      ELSE 'small'
    END AS value
  FROM cells AS c
),
-- value: the band of those without a row
value_without_rows AS (
  SELECT
    b.period_start,
    max(b.value) AS value
  FROM value_bands AS b
  WHERE b.customer IS NULL
  GROUP BY 1
),
-- orders by month
orders_atoms_2 AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    CASE
      WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END AS value,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) FILTER (
      WHERE CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.value
        ELSE n.value
      END
        = 'big'
    ) AS revenue_where
  FROM orders
  LEFT JOIN value_bands AS b
    ON b.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
    AND b.customer = orders.customer_id
  LEFT JOIN value_without_rows AS n
    ON n.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue by month
orders_monthly_2 AS (
  SELECT
    i.period_start,
    'value' AS slicing,
    i.value,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    i.channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms_2 AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms_2 AS i
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    CASE
      WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END AS value,
    orders.channel,
    orders.customer_id AS entity
  FROM orders
  LEFT JOIN value_bands AS b
    ON b.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
    AND b.customer = orders.customer_id
  LEFT JOIN value_without_rows AS n
    ON n.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'value' AS slicing,
    i.value,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    i.channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
),
-- orders: every value
orders_rows AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    CASE
      WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END AS value,
    orders.channel,
    CAST(orders.amount AS DECIMAL(10, 2)) AS middle
  FROM orders
  LEFT JOIN value_bands AS b
    ON b.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
    AND b.customer = orders.customer_id
  LEFT JOIN value_without_rows AS n
    ON n.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
),
-- orders: middle by month
orders_spread_monthly AS (
  SELECT
    i.period_start,
    'value' AS slicing,
    i.value,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    i.channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  GROUP BY 1
),
-- visits by month
visits_atoms AS (
  SELECT
    CAST(visits.day AS DATE) - CAST(day(visits.day) - 1 AS INTEGER) AS period_start,
    CASE
      WHEN visits.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END AS value,
    visits.channel,
    count(*) AS visits
  FROM visits
  LEFT JOIN value_bands AS b
    ON b.period_start = CAST(visits.day AS DATE) - CAST(day(visits.day) - 1 AS INTEGER)
    AND b.customer = visits.customer_id
  LEFT JOIN value_without_rows AS n
    ON n.period_start = CAST(visits.day AS DATE) - CAST(day(visits.day) - 1 AS INTEGER)
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    i.period_start,
    'value' AS slicing,
    i.value,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    i.channel,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue_previous
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- orders: revenue by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue_previous) AS revenue_previous
  FROM orders_atoms_3 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source, and a row of nobody
stack_2 AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue_previous
  FROM orders_monthly_previous AS r
  WHERE r.customer IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS customer,
    CAST(NULL AS BIGINT) AS revenue_previous
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- value: the band of each customer, and of those without a row
value_bands_2 AS (
  SELECT
    c.period_start,
    c.customer,
    CASE
      WHEN (c.revenue_previous >= 100) IS TRUE THEN 'big'
      WHEN (c.revenue_previous >= 50) IS TRUE THEN 'mid'
      ELSE 'small'
    END AS value
  FROM cells_2 AS c
),
-- value: the band of those without a row
value_without_rows_2 AS (
  SELECT
    b.period_start,
    max(b.value) AS value
  FROM value_bands_2 AS b
  WHERE b.customer IS NULL
  GROUP BY 1
),
-- orders by month
orders_atoms_4 AS (
  SELECT
    w.period_start,
    CASE
      WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.value
      ELSE n.value
    END AS value,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) FILTER (
      WHERE CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.value
        ELSE n.value
      END
        = 'big'
    ) AS revenue_where_previous
  FROM orders
  JOIN previous AS w
    ON orders.ordered_on >= w.window_start
    AND orders.ordered_on < w.window_end
  LEFT JOIN value_bands_2 AS b
    ON b.period_start = w.period_start
    AND b.customer = orders.customer_id
  LEFT JOIN value_without_rows_2 AS n ON n.period_start = w.period_start
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- orders: revenue by month, previous
orders_monthly_previous_2 AS (
  SELECT
    i.period_start,
    'value' AS slicing,
    i.value,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue_where_previous) AS revenue_where_previous
  FROM orders_atoms_4 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    i.channel,
    sum(i.revenue_where_previous) AS revenue_where_previous
  FROM orders_atoms_4 AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue_where_previous) AS revenue_where_previous
  FROM orders_atoms_4 AS i
  GROUP BY 1
),
-- the members that occur
members AS (
  SELECT
    'value' AS slicing,
    i.value,
    CAST(NULL AS VARCHAR) AS channel
  FROM orders_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    i.channel
  FROM orders_atoms_2 AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'value' AS slicing,
    i.value,
    CAST(NULL AS VARCHAR) AS channel
  FROM visits_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    i.channel
  FROM visits_atoms AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'value' AS slicing,
    i.value,
    CAST(NULL AS VARCHAR) AS channel
  FROM orders_atoms_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    i.channel
  FROM orders_atoms_4 AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS value,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.value,
    r.channel,
    r.revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS visits,
    r.revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous
  FROM orders_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.value,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    r.buyers,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.value,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    r.middle,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous
  FROM orders_spread_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.value,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle,
    r.visits,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous
  FROM visits_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.value,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS revenue_where,
    r.revenue_where_previous
  FROM orders_monthly_previous_2 AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.value,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS revenue_where_previous
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.value,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.buyers), 0) AS buyers,
    max(k.middle) AS middle,
    COALESCE(max(k.visits), 0) AS visits,
    COALESCE(max(k.revenue_where), 0) AS revenue_where,
    COALESCE(max(k.revenue_where_previous), 0) AS revenue_where_previous
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.value,
  c.channel,
  c.revenue,
  c.buyers,
  c.middle,
  c.visits,
  c.revenue_where AS big_revenue,
  c.revenue_where_previous AS before
FROM cells_3 AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'value' THEN 1
    WHEN c.slicing = 'channel' THEN 2
  END,
  c.value NULLS LAST,
  c.channel NULLS LAST,
  c.period_start;
