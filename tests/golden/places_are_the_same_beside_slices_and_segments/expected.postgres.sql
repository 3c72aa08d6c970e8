WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.country,
    sum(orders.amount) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-02-01'
    AND (orders.country = 'DE') IS NOT TRUE
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.country,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.country,
    r.revenue,
    r.orders_rows
  FROM orders_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.country,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows > 0 THEN c.revenue END AS ranked_by
  FROM cells AS c
),
-- the 1 best of country
country_best AS MATERIALIZED (
  SELECT
    q.country,
    q.place
  FROM (
    SELECT
      c.country,
      rank() OVER (PARTITION BY c.period_start ORDER BY c.ranked_by DESC NULLS LAST) AS place
    FROM formulas AS c
    WHERE c.ranked_by IS NOT NULL
  ) AS q
  WHERE q.place <= 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.day AS period_start,
    orders.channel,
    best.country,
    best.place,
    (orders.channel = 'web') IS TRUE AS is_web,
    sum(orders.amount) AS revenue
  FROM orders
  LEFT JOIN country_best AS best ON best.country IS NOT DISTINCT FROM orders.country
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-02-01'
    AND (orders.country = 'DE') IS NOT TRUE
  GROUP BY 1, 2, 3, 4, 5
),
-- orders: revenue by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,country' AS slicing,
    'all' AS segment,
    i.channel,
    i.country,
    i.place,
    sum(i.revenue) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_atoms_2 AS i
  GROUP BY 1, 4, 5, 6
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,country' AS slicing,
    'web' AS segment,
    i.channel,
    i.country,
    i.place,
    sum(i.revenue) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM orders_atoms_2 AS i
  WHERE i.is_web
  GROUP BY 1, 4, 5, 6
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms_2 AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms_2 AS i
  WHERE i.is_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    NULL AS channel,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms_2 AS i
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'web' AS segment,
    NULL AS channel,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms_2 AS i
  WHERE i.is_web
  GROUP BY 1
),
-- orders over all members of country, is_others
orders_total AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,country' AS slicing,
    'all' AS segment,
    i.channel,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms_2 AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,country' AS slicing,
    'web' AS segment,
    i.channel,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms_2 AS i
  WHERE i.is_web
  GROUP BY 1, 4
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('web')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'channel,country' AS slicing,
    i.channel,
    i.country,
    i.place
  FROM orders_atoms_2 AS i
  GROUP BY 2, 3, 4
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place
  FROM orders_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel,
    NULL AS country,
    CAST(NULL AS BIGINT) AS place
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.country,
    r.place,
    r.revenue,
    r.revenue_total
  FROM orders_monthly_2 AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    m.country,
    m.place,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.channel,
    k.country,
    k.place,
    max(k.revenue) AS revenue,
    max(k.revenue_total) AS revenue_total
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4, 5, 6
),
-- with totals beside their parts, and what no rows mean
cells_2 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.segment,
    m.channel,
    m.country,
    m.place,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(COALESCE(m.revenue_total, t1.revenue_total), 0) AS revenue_total
  FROM merged AS m
  LEFT JOIN orders_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.segment = m.segment
    AND t1.channel IS NOT DISTINCT FROM m.channel
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.country,
  CASE WHEN c.slicing = 'channel,country' THEN c.place IS NULL END AS is_others,
  c.revenue,
  CAST(c.revenue AS DOUBLE PRECISION) / NULLIF(c.revenue_total, 0) AS share_of_countries
FROM cells_2 AS c
ORDER BY
  CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'web' THEN 1 END,
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'channel,country' THEN 1
    WHEN c.slicing = 'channel' THEN 2
  END,
  c.channel NULLS LAST,
  c.place NULLS LAST,
  c.country NULLS LAST,
  c.period_start;
