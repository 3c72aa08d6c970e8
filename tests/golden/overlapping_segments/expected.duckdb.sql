WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    (orders.channel = 'web') IS TRUE AS is_web,
    (orders.device = 'mobile') IS TRUE AS is_mobile,
    (orders.device = 'mobile' AND orders.channel = 'web') IS TRUE AS is_mobile_web,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3, 4, 5
),
-- orders: revenue by quarter
orders_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'mobile' AS segment,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_mobile
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'mobile_web' AS segment,
    i.channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_mobile_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_web
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'mobile' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_mobile
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'mobile_web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.is_mobile_web
  GROUP BY 1
),
-- orders: each counted value once a quarter
orders_entities AS (
  SELECT
    CAST(date_trunc('quarter', orders.ordered_on) AS DATE) AS period_start,
    orders.channel,
    orders.customer_id AS entity,
    bit_or(
      CASE WHEN orders.channel = 'web' THEN 1 ELSE 0 END
        + CASE WHEN orders.device = 'mobile' THEN 2 ELSE 0 END
        + CASE WHEN orders.device = 'mobile' AND orders.channel = 'web' THEN 4 ELSE 0 END
    ) AS fulfils
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- orders: how many values fulfil which conditions together
orders_counts AS (
  SELECT
    i.period_start,
    i.channel,
    i.fulfils,
    count(i.entity) AS entities
  FROM orders_entities AS i
  GROUP BY 1, 2, 3
),
-- orders: buyers by quarter
orders_distinct_quarterly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS buyers
  FROM orders_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'mobile' AS segment,
    i.channel,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS buyers
  FROM orders_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    CAST(sum(i.entities) AS BIGINT) AS buyers
  FROM orders_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'mobile_web' AS segment,
    i.channel,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 4 > 0) AS BIGINT) AS buyers
  FROM orders_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'mobile' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'mobile_web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 4 > 0) AS buyers
  FROM orders_entities AS i
  GROUP BY 1
),
-- orders: every value
orders_rows AS (
  SELECT
    CAST(date_trunc('quarter', orders.ordered_on) AS DATE) AS period_start,
    orders.channel,
    (orders.channel = 'web') IS TRUE AS is_web,
    (orders.device = 'mobile') IS TRUE AS is_mobile,
    (orders.device = 'mobile' AND orders.channel = 'web') IS TRUE AS is_mobile_web,
    CAST(orders.amount AS DECIMAL(12, 2)) AS middle
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
),
-- orders: middle by quarter
orders_spread_quarterly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  WHERE i.is_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'mobile' AS segment,
    i.channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  WHERE i.is_mobile
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'mobile_web' AS segment,
    i.channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  WHERE i.is_mobile_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  WHERE i.is_web
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'mobile' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  WHERE i.is_mobile
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'mobile_web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  WHERE i.is_mobile_web
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
      ('web'),
      ('mobile'),
      ('all'),
      ('mobile_web')
  ) AS q(segment)
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
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle
  FROM orders_quarterly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    r.buyers,
    CAST(NULL AS BIGINT) AS middle
  FROM orders_distinct_quarterly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    r.middle
  FROM orders_spread_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle
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
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.buyers), 0) AS buyers,
    max(k.middle) AS middle
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.revenue,
  c.buyers,
  c.middle
FROM cells AS c
ORDER BY
  CASE
    WHEN c.segment = 'web' THEN 0
    WHEN c.segment = 'mobile' THEN 1
    WHEN c.segment = 'all' THEN 2
    WHEN c.segment = 'mobile_web' THEN 3
  END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
