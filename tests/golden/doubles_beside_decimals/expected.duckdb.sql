WITH
-- samples by day
samples_atoms AS (
  SELECT
    samples.taken_on AS period_start,
    samples.kind,
    sum(
      CASE
        WHEN samples.kind = 'a' THEN CAST(samples.price AS DECIMAL(12, 2))
        ELSE samples.weight
      END
    ) AS either,
    sum(CAST(samples.price AS DECIMAL(12, 2))) AS price,
    max(samples.weight) AS heaviest,
    min(samples.weight) AS lightest,
    count(*) FILTER (WHERE samples.weight > 0.5) AS heavy,
    count(*) FILTER (WHERE samples.weight < 0.000001) AS light,
    count(*) FILTER (WHERE samples.weight IN (0.25, 0.75)) AS quarters
  FROM samples
  WHERE samples.taken_on >= DATE '2026-01-01'
    AND samples.taken_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- samples: either, price, heaviest, lightest, heavy, light, quarters by month
samples_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.kind,
    sum(i.either) AS either,
    sum(i.price) AS price,
    max(i.heaviest) AS heaviest,
    min(i.lightest) AS lightest,
    CAST(sum(i.heavy) AS BIGINT) AS heavy,
    CAST(sum(i.light) AS BIGINT) AS light,
    CAST(sum(i.quarters) AS BIGINT) AS quarters
  FROM samples_atoms AS i
  GROUP BY 1, 2
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
    i.kind
  FROM samples_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.kind,
    r.either,
    r.price,
    r.heaviest,
    r.lightest,
    r.heavy,
    r.light,
    r.quarters
  FROM samples_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.kind,
    CAST(NULL AS BIGINT) AS either,
    CAST(NULL AS BIGINT) AS price,
    CAST(NULL AS BIGINT) AS heaviest,
    CAST(NULL AS BIGINT) AS lightest,
    CAST(NULL AS BIGINT) AS heavy,
    CAST(NULL AS BIGINT) AS light,
    CAST(NULL AS BIGINT) AS quarters
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.kind,
    COALESCE(max(k.either), 0) AS either,
    COALESCE(max(k.price), 0) AS price,
    max(k.heaviest) AS heaviest,
    max(k.lightest) AS lightest,
    COALESCE(max(k.heavy), 0) AS heavy,
    COALESCE(max(k.light), 0) AS light,
    COALESCE(max(k.quarters), 0) AS quarters
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'kind' AS slicing,
  'all' AS segment,
  c.kind,
  c.either,
  GREATEST(c.price, c.heaviest) AS larger,
  COALESCE(CASE WHEN c.price > 100 THEN c.price END, c.lightest) AS known,
  CASE WHEN c.price > 10 THEN c.price ELSE c.heaviest END AS chosen,
  c.heavy,
  c.light,
  c.quarters
FROM cells AS c
ORDER BY c.kind NULLS LAST, c.period_start;
