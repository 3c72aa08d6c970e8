WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(orders.amount) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
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
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
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
    CASE WHEN (c.revenue > 10) IS TRUE THEN 'big' ELSE 'small' END AS value
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
    (
      CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.value
        ELSE n.value
      END
        = 'big'
    ) IS TRUE AS is_big,
    (
      CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.value
        ELSE n.value
      END
        = 'small'
    ) IS TRUE AS is_small,
    (
      CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.value
        ELSE n.value
      END
        = 'big'
      AND orders.channel = 'web'
    ) IS TRUE AS is_big_in_web,
    count(*) AS orders,
    sum(orders.amount) AS revenue,
    sum(orders.amount) FILTER (
      WHERE (
        CASE
          WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
          WHEN b.period_start IS NOT NULL THEN b.value
          ELSE n.value
        END
          = 'big'
      ) IS NOT TRUE
    ) AS revenue_where,
    sum(orders.amount) FILTER (
      WHERE CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.value
        ELSE n.value
      END
        = 'big'
      AND orders.channel = 'web'
    ) AS revenue_where_2,
    sum(orders.amount) FILTER (
      WHERE CASE
        WHEN orders.customer_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.value
        ELSE n.value
      END IS NOT NULL
    ) AS revenue_where_3
  FROM orders
  LEFT JOIN value_bands AS b
    ON b.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
    AND b.customer = orders.customer_id
  LEFT JOIN value_without_rows AS n
    ON n.period_start
      = CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER)
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-01'
    AND orders.channel = 'web'
  GROUP BY 1, 2, 3, 4
),
-- orders: orders, revenue by month
orders_monthly_2 AS (
  SELECT
    i.period_start,
    'all' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where,
    sum(i.revenue_where_2) AS revenue_where_2,
    sum(i.revenue_where_3) AS revenue_where_3
  FROM orders_atoms_2 AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'big' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where,
    sum(i.revenue_where_2) AS revenue_where_2,
    sum(i.revenue_where_3) AS revenue_where_3
  FROM orders_atoms_2 AS i
  WHERE i.is_big
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'small' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where,
    sum(i.revenue_where_2) AS revenue_where_2,
    sum(i.revenue_where_3) AS revenue_where_3
  FROM orders_atoms_2 AS i
  WHERE i.is_small
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'big_in_web' AS segment,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where,
    sum(i.revenue_where_2) AS revenue_where_2,
    sum(i.revenue_where_3) AS revenue_where_3
  FROM orders_atoms_2 AS i
  WHERE i.is_big_in_web
  GROUP BY 1
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('big'),
      ('small'),
      ('big_in_web')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells_2 AS (
  SELECT
    p.period_start,
    s.segment,
    COALESCE(r1.orders, 0) AS orders,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r1.revenue_where, 0) AS revenue_where,
    COALESCE(r1.revenue_where_2, 0) AS revenue_where_2,
    COALESCE(r1.revenue_where_3, 0) AS revenue_where_3
  FROM spine AS p
  CROSS JOIN segments AS s
  LEFT JOIN orders_monthly_2 AS r1
    ON r1.period_start = p.period_start
    AND r1.segment = s.segment
)
SELECT
  c.period_start,
  'total' AS slicing,
  c.segment,
  c.orders,
  c.revenue,
  c.revenue_where AS not_big,
  CAST(c.revenue_where_2 AS DOUBLE) / NULLIF(c.revenue_where_3, 0) AS of_web
FROM cells_2 AS c
ORDER BY
  CASE
    WHEN c.segment = 'all' THEN 0
    WHEN c.segment = 'big' THEN 1
    WHEN c.segment = 'small' THEN 2
    WHEN c.segment = 'big_in_web' THEN 3
  END,
  c.period_start;
