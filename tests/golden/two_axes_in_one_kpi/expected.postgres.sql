WITH
-- parcels by day
parcels_atoms AS (
  SELECT
    parcels.ordered_on AS period_start,
    parcels.carrier,
    count(*) AS ordered
  FROM parcels
  WHERE parcels.ordered_on >= DATE '2026-01-01'
    AND parcels.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- parcels: ordered by month
parcels_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'carrier' AS slicing,
    i.carrier,
    CAST(sum(i.ordered) AS BIGINT) AS ordered
  FROM parcels_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS carrier,
    CAST(sum(i.ordered) AS BIGINT) AS ordered
  FROM parcels_atoms AS i
  GROUP BY 1
),
-- parcels by day
parcels_atoms_2 AS (
  SELECT
    parcels.shipped_on AS period_start,
    parcels.carrier,
    count(*) AS shipped
  FROM parcels
  WHERE parcels.shipped_on >= DATE '2026-01-01'
    AND parcels.shipped_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- parcels: shipped by month
parcels_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'carrier' AS slicing,
    i.carrier,
    CAST(sum(i.shipped) AS BIGINT) AS shipped
  FROM parcels_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS carrier,
    CAST(sum(i.shipped) AS BIGINT) AS shipped
  FROM parcels_atoms_2 AS i
  GROUP BY 1
),
-- parcels by day
parcels_atoms_3 AS (
  SELECT
    parcels.returned_on AS period_start,
    parcels.carrier,
    count(*) FILTER (WHERE parcels.returned_on > parcels.shipped_on) AS returned
  FROM parcels
  WHERE parcels.returned_on >= DATE '2026-01-01'
    AND parcels.returned_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- parcels: returned by month
parcels_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'carrier' AS slicing,
    i.carrier,
    CAST(sum(i.returned) AS BIGINT) AS returned
  FROM parcels_atoms_3 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS carrier,
    CAST(sum(i.returned) AS BIGINT) AS returned
  FROM parcels_atoms_3 AS i
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
    'carrier' AS slicing,
    i.carrier
  FROM parcels_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'carrier' AS slicing,
    i.carrier
  FROM parcels_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'carrier' AS slicing,
    i.carrier
  FROM parcels_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS carrier
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.carrier,
    r.ordered,
    CAST(NULL AS BIGINT) AS shipped,
    CAST(NULL AS BIGINT) AS returned
  FROM parcels_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.carrier,
    CAST(NULL AS BIGINT) AS ordered,
    r.shipped,
    CAST(NULL AS BIGINT) AS returned
  FROM parcels_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.carrier,
    CAST(NULL AS BIGINT) AS ordered,
    CAST(NULL AS BIGINT) AS shipped,
    r.returned
  FROM parcels_monthly_3 AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.carrier,
    CAST(NULL AS BIGINT) AS ordered,
    CAST(NULL AS BIGINT) AS shipped,
    CAST(NULL AS BIGINT) AS returned
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.carrier,
    COALESCE(max(k.ordered), 0) AS ordered,
    COALESCE(max(k.shipped), 0) AS shipped,
    COALESCE(max(k.returned), 0) AS returned
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.carrier,
  c.ordered,
  c.shipped,
  c.returned,
  c.ordered - c.shipped AS open_balance,
  CAST(c.returned AS DOUBLE PRECISION) / NULLIF(c.shipped, 0) AS return_rate
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'carrier' THEN 1 END,
  c.carrier NULLS LAST,
  c.period_start;
