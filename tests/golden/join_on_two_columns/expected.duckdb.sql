WITH
-- stays by day
stays_atoms AS (
  SELECT
    stays.day AS period_start,
    room.view,
    stays.hotel,
    sum(stays.nights) AS nights,
    count(*) AS stays,
    sum(stays.nights) FILTER (WHERE room.view = 'sea') AS sea
  FROM stays
  LEFT JOIN rooms AS room
    ON room.hotel = stays.hotel
    AND room.room = stays.room
  WHERE stays.day >= DATE '2026-01-01'
    AND stays.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- stays: nights, stays, sea by month
stays_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'view' AS slicing,
    i.view,
    CAST(NULL AS VARCHAR) AS hotel,
    sum(i.nights) AS nights,
    CAST(sum(i.stays) AS BIGINT) AS stays,
    sum(i.sea) AS sea
  FROM stays_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'hotel' AS slicing,
    CAST(NULL AS VARCHAR) AS view,
    i.hotel,
    sum(i.nights) AS nights,
    CAST(sum(i.stays) AS BIGINT) AS stays,
    sum(i.sea) AS sea
  FROM stays_atoms AS i
  GROUP BY 1, 4
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
    'view' AS slicing,
    i.view,
    CAST(NULL AS VARCHAR) AS hotel
  FROM stays_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'hotel' AS slicing,
    CAST(NULL AS VARCHAR) AS view,
    i.hotel
  FROM stays_atoms AS i
  GROUP BY 3
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.view,
    r.hotel,
    r.nights,
    r.stays,
    r.sea
  FROM stays_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.view,
    m.hotel,
    CAST(NULL AS BIGINT) AS nights,
    CAST(NULL AS BIGINT) AS stays,
    CAST(NULL AS BIGINT) AS sea
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.view,
    k.hotel,
    COALESCE(max(k.nights), 0) AS nights,
    COALESCE(max(k.stays), 0) AS stays,
    COALESCE(max(k.sea), 0) AS sea
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.view,
  c.hotel,
  c.nights,
  c.stays,
  c.sea
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'view' THEN 0 WHEN c.slicing = 'hotel' THEN 1 END,
  c.view NULLS LAST,
  c.hotel NULLS LAST,
  c.period_start;
