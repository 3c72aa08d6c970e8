WITH
-- transfers by day
transfers_atoms AS (
  SELECT
    transfers.day AS period_start,
    sum(transfers.units) AS units,
    sum(CAST(transfers.cents AS NUMERIC(38, 0))) AS cents
  FROM transfers
  WHERE transfers.day >= DATE '2026-01-01'
    AND transfers.day < DATE '2026-02-01'
  GROUP BY 1
),
-- transfers: units, cents by month
transfers_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.units) AS units,
    sum(i.cents) AS cents
  FROM transfers_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.units, 0) AS units,
    COALESCE(r1.cents, 0) AS cents
  FROM spine AS p
  LEFT JOIN transfers_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.units,
  c.cents,
  c.units + c.units AS twice
FROM cells AS c
ORDER BY c.period_start;
