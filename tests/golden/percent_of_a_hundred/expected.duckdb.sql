WITH
-- rates by day
rates_atoms AS (
  SELECT
    rates.day AS period_start,
    rates.shop,
    sum(CAST(rates.discount AS DECIMAL(5, 2)) * 0.01) AS mean_discount_sum,
    count(CAST(rates.discount AS DECIMAL(5, 2)) * 0.01) AS mean_discount_count,
    sum(CAST(rates.amount AS DECIMAL(10, 2)) * (CAST(rates.discount AS DECIMAL(5, 2)) * 0.01)) AS given,
    sum(CAST(rates.amount AS DECIMAL(10, 2))) AS amount,
    count(*) FILTER (WHERE CAST(rates.discount AS DECIMAL(5, 2)) * 0.01 >= 0.025) AS high
  FROM rates
  WHERE rates.day >= DATE '2026-01-01'
    AND rates.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- rates: mean_discount, given, amount, high by month
rates_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'shop' AS slicing,
    i.shop,
    CAST(sum(i.mean_discount_sum) AS DOUBLE) / NULLIF(sum(i.mean_discount_count), 0) AS mean_discount,
    sum(i.given) AS given,
    sum(i.amount) AS amount,
    CAST(sum(i.high) AS BIGINT) AS high
  FROM rates_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS shop,
    CAST(sum(i.mean_discount_sum) AS DOUBLE) / NULLIF(sum(i.mean_discount_count), 0) AS mean_discount,
    sum(i.given) AS given,
    sum(i.amount) AS amount,
    CAST(sum(i.high) AS BIGINT) AS high
  FROM rates_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'shop' AS slicing,
    i.shop
  FROM rates_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS shop
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.shop,
    r.mean_discount,
    r.given,
    r.amount,
    r.high
  FROM rates_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.shop,
    CAST(NULL AS BIGINT) AS mean_discount,
    CAST(NULL AS BIGINT) AS given,
    CAST(NULL AS BIGINT) AS amount,
    CAST(NULL AS BIGINT) AS high
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.shop,
    max(k.mean_discount) AS mean_discount,
    COALESCE(max(k.given), 0) AS given,
    COALESCE(max(k.amount), 0) AS amount,
    COALESCE(max(k.high), 0) AS high
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.shop,
  c.mean_discount,
  c.given,
  CAST(c.given AS DOUBLE) / NULLIF(c.amount, 0) AS effective,
  c.high
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'shop' THEN 1 END,
  c.shop NULLS LAST,
  c.period_start;
