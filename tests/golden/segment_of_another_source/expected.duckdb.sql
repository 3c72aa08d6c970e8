WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    customer.tier,
    (customer.country = 'FR') IS TRUE AS is_french,
    ((customer.country = 'FR') IS NOT TRUE) IS TRUE AS is_not_french,
    count(*) AS orders
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3, 4
),
-- orders: orders by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'tier' AS slicing,
    'french' AS segment,
    i.tier,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.is_french
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'tier' AS slicing,
    'not_french' AS segment,
    i.tier,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.is_not_french
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'tier' AS slicing,
    'all' AS segment,
    i.tier,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'french' AS segment,
    CAST(NULL AS VARCHAR) AS tier,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.is_french
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'not_french' AS segment,
    CAST(NULL AS VARCHAR) AS tier,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  WHERE i.is_not_french
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS tier,
    CAST(sum(i.orders) AS BIGINT) AS orders
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders: each counted value once a quarter
orders_entities AS (
  SELECT
    CAST(date_trunc('quarter', orders.ordered_on) AS DATE) AS period_start,
    customer.tier,
    orders.customer_id AS entity,
    bit_or(
      CASE WHEN customer.country = 'FR' THEN 1 ELSE 0 END
        + CASE WHEN (customer.country = 'FR') IS NOT TRUE THEN 2 ELSE 0 END
    ) AS fulfils
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: how many values fulfil which conditions together
orders_counts AS (
  SELECT
    i.period_start,
    i.tier,
    i.fulfils,
    count(i.entity) AS entities
  FROM orders_entities AS i
  GROUP BY 1, 2, 3
),
-- orders: buyers by quarter
orders_distinct_quarterly AS (
  SELECT
    i.period_start,
    'tier' AS slicing,
    'french' AS segment,
    i.tier,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS buyers
  FROM orders_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'tier' AS slicing,
    'not_french' AS segment,
    i.tier,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS buyers
  FROM orders_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'tier' AS slicing,
    'all' AS segment,
    i.tier,
    CAST(sum(i.entities) AS BIGINT) AS buyers
  FROM orders_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'french' AS segment,
    CAST(NULL AS VARCHAR) AS tier,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'not_french' AS segment,
    CAST(NULL AS VARCHAR) AS tier,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS tier,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('french'),
      ('not_french'),
      ('all')
  ) AS q(segment)
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
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS tier
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.tier,
    r.orders,
    CAST(NULL AS BIGINT) AS buyers
  FROM orders_quarterly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.tier,
    CAST(NULL AS BIGINT) AS orders,
    r.buyers
  FROM orders_distinct_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.tier,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS buyers
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.tier,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.buyers), 0) AS buyers
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.tier,
  c.orders,
  c.buyers
FROM cells AS c
ORDER BY
  CASE
    WHEN c.segment = 'french' THEN 0
    WHEN c.segment = 'not_french' THEN 1
    WHEN c.segment = 'all' THEN 2
  END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'tier' THEN 1 END,
  c.tier NULLS LAST,
  c.period_start;
