WITH
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-05', DATE '2026-01-06', 7),
      (DATE '2026-01-05', DATE '2026-01-07', 7),
      (DATE '2026-01-05', DATE '2026-01-08', 7),
      (DATE '2026-01-05', DATE '2026-01-09', 7),
      (DATE '2026-01-05', DATE '2026-01-10', 7),
      (DATE '2026-01-05', DATE '2026-01-11', 7),
      (DATE '2026-01-05', DATE '2026-01-12', 7),
      (DATE '2026-01-12', DATE '2026-01-13', 7),
      (DATE '2026-01-12', DATE '2026-01-14', 7),
      (DATE '2026-01-12', DATE '2026-01-15', 7),
      (DATE '2026-01-12', DATE '2026-01-16', 7),
      (DATE '2026-01-12', DATE '2026-01-17', 7),
      (DATE '2026-01-12', DATE '2026-01-18', 7),
      (DATE '2026-01-12', DATE '2026-01-19', 7),
      (DATE '2026-01-19', DATE '2026-01-20', 7),
      (DATE '2026-01-19', DATE '2026-01-21', 7),
      (DATE '2026-01-19', DATE '2026-01-22', 7),
      (DATE '2026-01-19', DATE '2026-01-23', 7),
      (DATE '2026-01-19', DATE '2026-01-24', 7),
      (DATE '2026-01-19', DATE '2026-01-25', 7),
      (DATE '2026-01-19', DATE '2026-01-26', 7)
  ) AS q(period_start, window_end, days)
),
-- stays by week
stays_atoms AS (
  SELECT
    w.period_start,
    w.window_end AS day,
    w.days,
    count(*) AS guests_average
  FROM stays
  JOIN average AS w
    ON stays.arrived_on < w.window_end
    AND (stays.left_on IS NULL OR stays.left_on >= w.window_end)
  GROUP BY 1, 2, 3
),
-- stays: guests by week, average
stays_weekly_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.guests_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS guests_average
  FROM stays_atoms AS i
  GROUP BY 1
),
-- the ends of each period's days
previous_average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-05', DATE '2025-12-30', 7),
      (DATE '2026-01-05', DATE '2025-12-31', 7),
      (DATE '2026-01-05', DATE '2026-01-01', 7),
      (DATE '2026-01-05', DATE '2026-01-02', 7),
      (DATE '2026-01-05', DATE '2026-01-03', 7),
      (DATE '2026-01-05', DATE '2026-01-04', 7),
      (DATE '2026-01-05', DATE '2026-01-05', 7),
      (DATE '2026-01-12', DATE '2026-01-06', 7),
      (DATE '2026-01-12', DATE '2026-01-07', 7),
      (DATE '2026-01-12', DATE '2026-01-08', 7),
      (DATE '2026-01-12', DATE '2026-01-09', 7),
      (DATE '2026-01-12', DATE '2026-01-10', 7),
      (DATE '2026-01-12', DATE '2026-01-11', 7),
      (DATE '2026-01-12', DATE '2026-01-12', 7),
      (DATE '2026-01-19', DATE '2026-01-13', 7),
      (DATE '2026-01-19', DATE '2026-01-14', 7),
      (DATE '2026-01-19', DATE '2026-01-15', 7),
      (DATE '2026-01-19', DATE '2026-01-16', 7),
      (DATE '2026-01-19', DATE '2026-01-17', 7),
      (DATE '2026-01-19', DATE '2026-01-18', 7),
      (DATE '2026-01-19', DATE '2026-01-19', 7)
  ) AS q(period_start, window_end, days)
),
-- stays by week
stays_atoms_2 AS (
  SELECT
    w.period_start,
    w.window_end AS day,
    w.days,
    count(*) AS guests_previous_average
  FROM stays
  JOIN previous_average AS w
    ON stays.arrived_on < w.window_end
    AND (stays.left_on IS NULL OR stays.left_on >= w.window_end)
  GROUP BY 1, 2, 3
),
-- stays: guests by week, previous average
stays_weekly_previous_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.guests_previous_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS guests_previous_average
  FROM stays_atoms_2 AS i
  GROUP BY 1
),
-- stays: what comes and goes, by day
stays_atoms_3 AS (
  SELECT
    stays.arrived_on AS period_start,
    count(*) AS guests_previous_at_start
  FROM stays
  WHERE stays.arrived_on < DATE '2026-01-12'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE WHEN stays.left_on > stays.arrived_on THEN stays.left_on ELSE stays.arrived_on END AS period_start,
    -count(*) AS guests_previous_at_start
  FROM stays
  WHERE stays.arrived_on < DATE '2026-01-12'
    AND stays.left_on < DATE '2026-01-12'
  GROUP BY 1
),
-- the time that each period reads: previous at start
previous_at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-05', DATE '2025-12-22', DATE '2025-12-29'),
      (DATE '2026-01-12', DATE '2025-12-29', DATE '2026-01-05'),
      (DATE '2026-01-19', DATE '2026-01-05', DATE '2026-01-12')
  ) AS q(period_start, window_start, window_end)
),
-- stays: what is there from one change to the next
stays_states AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2026-01-26') AS until,
    COALESCE(
      sum(sum(i.guests_previous_at_start)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS guests_previous_at_start
  FROM stays_atoms_3 AS i
  GROUP BY 1
),
-- stays: guests by week, previous at start
stays_weekly_previous_at_start AS (
  SELECT
    w.period_start,
    CAST(i.guests_previous_at_start AS BIGINT) AS guests_previous_at_start
  FROM stays_states AS i
  JOIN previous_at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-05', TIMESTAMP '2026-01-19', INTERVAL '1 week') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.guests_average, 0) AS guests_average,
    COALESCE(r2.guests_previous_average, 0) AS guests_previous_average,
    COALESCE(r3.guests_previous_at_start, 0) AS guests_previous_at_start
  FROM spine AS p
  LEFT JOIN stays_weekly_average AS r1 ON r1.period_start = p.period_start
  LEFT JOIN stays_weekly_previous_average AS r2 ON r2.period_start = p.period_start
  LEFT JOIN stays_weekly_previous_at_start AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.guests_average AS average_guests,
  c.guests_previous_average AS before,
  c.guests_average - c.guests_previous_average AS change,
  c.guests_previous_at_start AS opening_before
FROM cells AS c
ORDER BY c.period_start;
