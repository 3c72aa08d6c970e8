WITH
-- stays: what comes and goes, by day
stays_atoms AS (
  SELECT
    stays.arrived_on AS period_start,
    count(*) AS guests_at_start
  FROM stays
  WHERE stays.arrived_on < DATE '2026-03-04'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE WHEN stays.left_on > stays.arrived_on THEN stays.left_on ELSE stays.arrived_on END AS period_start,
    -count(*) AS guests_at_start
  FROM stays
  WHERE stays.arrived_on < DATE '2026-03-04'
    AND stays.left_on < DATE '2026-03-04'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-04', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: at start
at_start AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 1 AS window_start,
    CAST(p.period_start AS DATE) + 0 AS window_end
  FROM spine AS p
),
-- stays: what is there from one change to the next
stays_states AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2026-03-05') AS until,
    COALESCE(
      sum(sum(i.guests_at_start)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS guests_at_start
  FROM stays_atoms AS i
  GROUP BY 1
),
-- stays: guests by day, at start
stays_daily_at_start AS (
  SELECT
    w.period_start,
    CAST(i.guests_at_start AS BIGINT) AS guests_at_start
  FROM stays_states AS i
  JOIN at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- stays: arrivals by day
stays_daily AS (
  SELECT
    stays.arrived_on AS period_start,
    count(*) AS arrivals
  FROM stays
  WHERE stays.arrived_on >= DATE '2026-03-01'
    AND stays.arrived_on < DATE '2026-03-05'
  GROUP BY 1
),
-- stays: departures by day
stays_daily_2 AS (
  SELECT
    stays.left_on AS period_start,
    count(*) AS departures
  FROM stays
  WHERE stays.left_on >= DATE '2026-03-01'
    AND stays.left_on < DATE '2026-03-05'
  GROUP BY 1
),
-- stays: what comes and goes, by day
stays_atoms_2 AS (
  SELECT
    stays.arrived_on AS period_start,
    count(*) AS guests
  FROM stays
  WHERE stays.arrived_on < DATE '2026-03-05'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE WHEN stays.left_on > stays.arrived_on THEN stays.left_on ELSE stays.arrived_on END AS period_start,
    -count(*) AS guests
  FROM stays
  WHERE stays.arrived_on < DATE '2026-03-05'
    AND stays.left_on < DATE '2026-03-05'
  GROUP BY 1
),
-- the time that each period reads: at end
at_end AS (
  SELECT
    p.period_start,
    p.period_start AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- stays: what is there from one change to the next
stays_states_2 AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2026-03-05') AS until,
    COALESCE(
      sum(sum(i.guests)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS guests
  FROM stays_atoms_2 AS i
  GROUP BY 1
),
-- stays: guests by day, at end
stays_daily_at_end AS (
  SELECT
    w.period_start,
    CAST(i.guests AS BIGINT) AS guests
  FROM stays_states_2 AS i
  JOIN at_end AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-02', 1),
      (DATE '2026-03-02', DATE '2026-03-03', 1),
      (DATE '2026-03-03', DATE '2026-03-04', 1),
      (DATE '2026-03-04', DATE '2026-03-05', 1)
  ) AS q(period_start, window_end, days)
),
-- stays by day
stays_atoms_3 AS (
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
-- stays: guests by day, average
stays_daily_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.guests_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS guests_average
  FROM stays_atoms_3 AS i
  GROUP BY 1
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.guests_at_start, 0) AS guests_at_start,
    COALESCE(r2.arrivals, 0) AS arrivals,
    COALESCE(r3.departures, 0) AS departures,
    COALESCE(r4.guests, 0) AS guests,
    COALESCE(r5.guests_average, 0) AS guests_average
  FROM spine AS p
  LEFT JOIN stays_daily_at_start AS r1 ON r1.period_start = p.period_start
  LEFT JOIN stays_daily AS r2 ON r2.period_start = p.period_start
  LEFT JOIN stays_daily_2 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN stays_daily_at_end AS r4 ON r4.period_start = p.period_start
  LEFT JOIN stays_daily_average AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.guests_at_start AS opening,
  c.arrivals,
  c.departures,
  c.guests AS closing,
  c.guests_average AS average_guests
FROM cells AS c
ORDER BY c.period_start;
