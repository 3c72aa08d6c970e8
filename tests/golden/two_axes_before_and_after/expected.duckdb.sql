WITH
-- parcels by day
parcels_atoms AS (
  SELECT
    parcels.shipped_on AS period_start,
    count(*) AS shipped
  FROM parcels
  WHERE parcels.shipped_on < DATE '2026-04-01'
  GROUP BY 1
),
-- parcels: shipped by month
parcels_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.shipped) AS BIGINT) AS shipped
  FROM parcels_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_end)
),
-- parcels: shipped by month, cumulative
parcels_monthly_cumulative AS (
  SELECT
    w.period_start,
    CAST(sum(i.shipped) AS BIGINT) AS shipped_cumulative
  FROM parcels_atoms AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- parcels: shipped by month, rolling 2 months
parcels_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    CAST(sum(i.shipped) AS BIGINT) AS shipped_rolling
  FROM parcels_atoms AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- parcels by day
parcels_atoms_2 AS (
  SELECT
    parcels.ordered_on AS period_start,
    count(*) AS ordered_previous
  FROM parcels
  WHERE parcels.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- parcels: ordered by month, previous
parcels_monthly_previous AS (
  SELECT
    w.period_start,
    CAST(sum(i.ordered_previous) AS BIGINT) AS ordered_previous
  FROM parcels_atoms_2 AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- parcels: ordered by month, cumulative
parcels_monthly_cumulative_2 AS (
  SELECT
    w.period_start,
    CAST(sum(i.ordered_previous) AS BIGINT) AS ordered_cumulative
  FROM parcels_atoms_2 AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.shipped, 0) AS shipped,
    COALESCE(r4.ordered_previous, 0) AS ordered_previous,
    COALESCE(r5.ordered_cumulative, 0) AS ordered_cumulative,
    COALESCE(r2.shipped_cumulative, 0) AS shipped_cumulative,
    COALESCE(r3.shipped_rolling, 0) AS shipped_rolling
  FROM spine AS p
  LEFT JOIN parcels_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN parcels_monthly_cumulative AS r2 ON r2.period_start = p.period_start
  LEFT JOIN parcels_monthly_rolling_2_months AS r3 ON r3.period_start = p.period_start
  LEFT JOIN parcels_monthly_previous AS r4 ON r4.period_start = p.period_start
  LEFT JOIN parcels_monthly_cumulative_2 AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.shipped,
  CAST(c.shipped AS DOUBLE) / NULLIF(c.ordered_previous, 0) AS shipped_of_before,
  c.ordered_cumulative - c.shipped_cumulative AS open_parcels,
  c.shipped_rolling AS shipped_2m
FROM cells AS c
ORDER BY c.period_start;
