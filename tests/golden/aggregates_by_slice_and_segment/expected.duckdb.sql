WITH
-- waits by day
waits_atoms AS (
  SELECT
    waits.day AS period_start,
    waits.desk,
    waits.urgent IS TRUE AS is_emergencies,
    sum(waits.minutes) AS mean_sum,
    count(waits.minutes) AS mean_count,
    min(waits.minutes) AS shortest,
    max(waits.minutes) AS longest,
    count(*) FILTER (WHERE waits.minutes IS NOT NULL) AS waits
  FROM waits
  WHERE waits.day >= DATE '2026-01-01'
    AND waits.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- waits: mean, shortest, longest, waits by month
waits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'desk' AS slicing,
    'emergencies' AS segment,
    i.desk,
    CAST(sum(i.mean_sum) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean,
    min(i.shortest) AS shortest,
    max(i.longest) AS longest,
    CAST(sum(i.waits) AS BIGINT) AS waits
  FROM waits_atoms AS i
  WHERE i.is_emergencies
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'desk' AS slicing,
    'all' AS segment,
    i.desk,
    CAST(sum(i.mean_sum) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean,
    min(i.shortest) AS shortest,
    max(i.longest) AS longest,
    CAST(sum(i.waits) AS BIGINT) AS waits
  FROM waits_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'emergencies' AS segment,
    CAST(NULL AS VARCHAR) AS desk,
    CAST(sum(i.mean_sum) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean,
    min(i.shortest) AS shortest,
    max(i.longest) AS longest,
    CAST(sum(i.waits) AS BIGINT) AS waits
  FROM waits_atoms AS i
  WHERE i.is_emergencies
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS desk,
    CAST(sum(i.mean_sum) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean,
    min(i.shortest) AS shortest,
    max(i.longest) AS longest,
    CAST(sum(i.waits) AS BIGINT) AS waits
  FROM waits_atoms AS i
  GROUP BY 1
),
-- waits: every value
waits_rows AS (
  SELECT
    CAST(waits.day AS DATE) - CAST(day(waits.day) - 1 AS INTEGER) AS period_start,
    waits.desk,
    waits.urgent IS TRUE AS is_emergencies,
    waits.minutes AS middle
  FROM waits
  WHERE waits.day >= DATE '2026-01-01'
    AND waits.day < DATE '2026-02-01'
),
-- waits: middle, p90, spread by month
waits_spread_monthly AS (
  SELECT
    i.period_start,
    'desk' AS slicing,
    'emergencies' AS segment,
    i.desk,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.9) AS p90,
    stddev_samp(CAST(i.middle AS DOUBLE)) AS spread
  FROM waits_rows AS i
  WHERE i.is_emergencies
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'desk' AS slicing,
    'all' AS segment,
    i.desk,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.9) AS p90,
    stddev_samp(CAST(i.middle AS DOUBLE)) AS spread
  FROM waits_rows AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'emergencies' AS segment,
    CAST(NULL AS VARCHAR) AS desk,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.9) AS p90,
    stddev_samp(CAST(i.middle AS DOUBLE)) AS spread
  FROM waits_rows AS i
  WHERE i.is_emergencies
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS desk,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.9) AS p90,
    stddev_samp(CAST(i.middle AS DOUBLE)) AS spread
  FROM waits_rows AS i
  GROUP BY 1
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
      ('emergencies'),
      ('all')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'desk' AS slicing,
    i.desk
  FROM waits_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS desk
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.desk,
    r.mean,
    r.shortest,
    r.longest,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS p90,
    CAST(NULL AS BIGINT) AS spread,
    r.waits
  FROM waits_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.desk,
    CAST(NULL AS BIGINT) AS mean,
    CAST(NULL AS BIGINT) AS shortest,
    CAST(NULL AS BIGINT) AS longest,
    r.middle,
    r.p90,
    r.spread,
    CAST(NULL AS BIGINT) AS waits
  FROM waits_spread_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.desk,
    CAST(NULL AS BIGINT) AS mean,
    CAST(NULL AS BIGINT) AS shortest,
    CAST(NULL AS BIGINT) AS longest,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS p90,
    CAST(NULL AS BIGINT) AS spread,
    CAST(NULL AS BIGINT) AS waits
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
    k.desk,
    max(k.mean) AS mean,
    max(k.shortest) AS shortest,
    max(k.longest) AS longest,
    max(k.middle) AS middle,
    max(k.p90) AS p90,
    max(k.spread) AS spread,
    COALESCE(max(k.waits), 0) AS waits
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.desk,
  c.mean,
  c.shortest,
  c.longest,
  c.middle,
  c.p90,
  c.spread,
  c.waits
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'emergencies' THEN 0 WHEN c.segment = 'all' THEN 1 END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'desk' THEN 1 END,
  c.desk NULLS LAST,
  c.period_start;
