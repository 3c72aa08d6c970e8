WITH
-- orders by day
orders_atoms AS (
  SELECT
    CAST(orders.ordered_at + INTERVAL '1 hour' AS DATE) AS period_start,
    version.tier,
    count(*) AS orders,
    count(*) FILTER (WHERE version.tier = 'gold') AS orders_where
  FROM orders
  LEFT JOIN tiers AS version
    ON version.customer_id = orders.customer_id
    AND CAST(orders.ordered_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
      >= version.valid_from
    AND (
      version.valid_until IS NULL
      OR CAST(orders.ordered_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
        < version.valid_until
    )
  WHERE orders.ordered_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-02-28 23:00:00'
  GROUP BY 1, 2
),
-- orders: orders by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'tier' AS slicing,
    i.tier,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS tier,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.orders_where) AS BIGINT) AS orders_where
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.shipped_on AS period_start,
    version.tier,
    count(*) AS shipped
  FROM orders
  LEFT JOIN tiers AS version
    ON version.customer_id = orders.customer_id
    AND orders.shipped_on >= version.valid_from
    AND (version.valid_until IS NULL OR orders.shipped_on < version.valid_until)
  WHERE orders.shipped_on >= DATE '2026-01-01'
    AND orders.shipped_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: shipped by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'tier' AS slicing,
    i.tier,
    CAST(sum(i.shipped) AS BIGINT) AS shipped
  FROM orders_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS tier,
    CAST(sum(i.shipped) AS BIGINT) AS shipped
  FROM orders_atoms_2 AS i
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
    'tier' AS slicing,
    i.tier
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'tier' AS slicing,
    i.tier
  FROM orders_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS tier
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.tier,
    r.orders,
    CAST(NULL AS BIGINT) AS shipped,
    r.orders_where
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.tier,
    CAST(NULL AS BIGINT) AS orders,
    r.shipped,
    CAST(NULL AS BIGINT) AS orders_where
  FROM orders_monthly_2 AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.tier,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS shipped,
    CAST(NULL AS BIGINT) AS orders_where
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.tier,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.shipped), 0) AS shipped,
    COALESCE(max(k.orders_where), 0) AS orders_where
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.tier,
  c.orders,
  c.shipped,
  CAST(c.orders_where AS DOUBLE PRECISION) / NULLIF(c.orders, 0) AS gold_share
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'tier' THEN 1 END,
  c.tier NULLS LAST,
  c.period_start;
