WITH
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (TIMESTAMP '2026-03-28 23:00:00', TIMESTAMP '2026-03-28 23:00:00'),
      (TIMESTAMP '2026-03-29 00:00:00', TIMESTAMP '2026-03-29 00:00:00'),
      (TIMESTAMP '2026-03-29 01:00:00', TIMESTAMP '2026-03-29 01:00:00'),
      (TIMESTAMP '2026-03-29 02:00:00', TIMESTAMP '2026-03-29 02:00:00'),
      (TIMESTAMP '2026-03-29 03:00:00', TIMESTAMP '2026-03-29 03:00:00'),
      (TIMESTAMP '2026-03-29 04:00:00', TIMESTAMP '2026-03-29 04:00:00'),
      (TIMESTAMP '2026-03-29 05:00:00', TIMESTAMP '2026-03-29 05:00:00'),
      (TIMESTAMP '2026-03-29 06:00:00', TIMESTAMP '2026-03-29 06:00:00'),
      (TIMESTAMP '2026-03-29 07:00:00', TIMESTAMP '2026-03-29 07:00:00'),
      (TIMESTAMP '2026-03-29 08:00:00', TIMESTAMP '2026-03-29 08:00:00'),
      (TIMESTAMP '2026-03-29 09:00:00', TIMESTAMP '2026-03-29 09:00:00'),
      (TIMESTAMP '2026-03-29 10:00:00', TIMESTAMP '2026-03-29 10:00:00'),
      (TIMESTAMP '2026-03-29 11:00:00', TIMESTAMP '2026-03-29 11:00:00'),
      (TIMESTAMP '2026-03-29 12:00:00', TIMESTAMP '2026-03-29 12:00:00'),
      (TIMESTAMP '2026-03-29 13:00:00', TIMESTAMP '2026-03-29 13:00:00'),
      (TIMESTAMP '2026-03-29 14:00:00', TIMESTAMP '2026-03-29 14:00:00'),
      (TIMESTAMP '2026-03-29 15:00:00', TIMESTAMP '2026-03-29 15:00:00'),
      (TIMESTAMP '2026-03-29 16:00:00', TIMESTAMP '2026-03-29 16:00:00'),
      (TIMESTAMP '2026-03-29 17:00:00', TIMESTAMP '2026-03-29 17:00:00'),
      (TIMESTAMP '2026-03-29 18:00:00', TIMESTAMP '2026-03-29 18:00:00'),
      (TIMESTAMP '2026-03-29 19:00:00', TIMESTAMP '2026-03-29 19:00:00'),
      (TIMESTAMP '2026-03-29 20:00:00', TIMESTAMP '2026-03-29 20:00:00'),
      (TIMESTAMP '2026-03-29 21:00:00', TIMESTAMP '2026-03-29 21:00:00')
  ) AS q(period_start, window_end)
),
-- visits: people by hour
visits_hourly AS (
  SELECT
    w.period_start,
    count(*) AS people_at_start
  FROM visits
  JOIN at_start AS w
    ON visits.came_at < w.window_end
    AND (visits.left_at IS NULL OR visits.left_at >= w.window_end)
  GROUP BY 1
),
-- visits: came by hour
visits_hourly_2 AS (
  SELECT
    date_trunc('hour', visits.came_at) AS period_start,
    count(*) AS came
  FROM visits
  WHERE visits.came_at >= TIMESTAMP '2026-03-28 23:00:00'
    AND visits.came_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1
),
-- visits: gone by hour
visits_hourly_3 AS (
  SELECT
    date_trunc('hour', visits.left_at) AS period_start,
    count(*) AS gone
  FROM visits
  WHERE visits.left_at >= TIMESTAMP '2026-03-28 23:00:00'
    AND visits.left_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (TIMESTAMP '2026-03-28 23:00:00', TIMESTAMP '2026-03-29 00:00:00'),
      (TIMESTAMP '2026-03-29 00:00:00', TIMESTAMP '2026-03-29 01:00:00'),
      (TIMESTAMP '2026-03-29 01:00:00', TIMESTAMP '2026-03-29 02:00:00'),
      (TIMESTAMP '2026-03-29 02:00:00', TIMESTAMP '2026-03-29 03:00:00'),
      (TIMESTAMP '2026-03-29 03:00:00', TIMESTAMP '2026-03-29 04:00:00'),
      (TIMESTAMP '2026-03-29 04:00:00', TIMESTAMP '2026-03-29 05:00:00'),
      (TIMESTAMP '2026-03-29 05:00:00', TIMESTAMP '2026-03-29 06:00:00'),
      (TIMESTAMP '2026-03-29 06:00:00', TIMESTAMP '2026-03-29 07:00:00'),
      (TIMESTAMP '2026-03-29 07:00:00', TIMESTAMP '2026-03-29 08:00:00'),
      (TIMESTAMP '2026-03-29 08:00:00', TIMESTAMP '2026-03-29 09:00:00'),
      (TIMESTAMP '2026-03-29 09:00:00', TIMESTAMP '2026-03-29 10:00:00'),
      (TIMESTAMP '2026-03-29 10:00:00', TIMESTAMP '2026-03-29 11:00:00'),
      (TIMESTAMP '2026-03-29 11:00:00', TIMESTAMP '2026-03-29 12:00:00'),
      (TIMESTAMP '2026-03-29 12:00:00', TIMESTAMP '2026-03-29 13:00:00'),
      (TIMESTAMP '2026-03-29 13:00:00', TIMESTAMP '2026-03-29 14:00:00'),
      (TIMESTAMP '2026-03-29 14:00:00', TIMESTAMP '2026-03-29 15:00:00'),
      (TIMESTAMP '2026-03-29 15:00:00', TIMESTAMP '2026-03-29 16:00:00'),
      (TIMESTAMP '2026-03-29 16:00:00', TIMESTAMP '2026-03-29 17:00:00'),
      (TIMESTAMP '2026-03-29 17:00:00', TIMESTAMP '2026-03-29 18:00:00'),
      (TIMESTAMP '2026-03-29 18:00:00', TIMESTAMP '2026-03-29 19:00:00'),
      (TIMESTAMP '2026-03-29 19:00:00', TIMESTAMP '2026-03-29 20:00:00'),
      (TIMESTAMP '2026-03-29 20:00:00', TIMESTAMP '2026-03-29 21:00:00'),
      (TIMESTAMP '2026-03-29 21:00:00', TIMESTAMP '2026-03-29 22:00:00')
  ) AS q(period_start, window_end)
),
-- visits: people by hour
visits_hourly_4 AS (
  SELECT
    w.period_start,
    count(*) AS people
  FROM visits
  JOIN at_end AS w
    ON visits.came_at < w.window_end
    AND (visits.left_at IS NULL OR visits.left_at >= w.window_end)
  GROUP BY 1
),
-- visits: people by hour
visits_hourly_5 AS (
  SELECT
    w.period_start,
    count(*) AS people_previous
  FROM visits
  JOIN at_start AS w
    ON visits.came_at < w.window_end
    AND (visits.left_at IS NULL OR visits.left_at >= w.window_end)
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    start AS period_start
  FROM generate_series(TIMESTAMP '2026-03-28 23:00:00', TIMESTAMP '2026-03-29 21:00:00', INTERVAL '1 hour') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.people_at_start, 0) AS people_at_start,
    COALESCE(r2.came, 0) AS came,
    COALESCE(r3.gone, 0) AS gone,
    COALESCE(r4.people, 0) AS people,
    COALESCE(r5.people_previous, 0) AS people_previous
  FROM spine AS p
  LEFT JOIN visits_hourly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_hourly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_hourly_3 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_hourly_4 AS r4 ON r4.period_start = p.period_start
  LEFT JOIN visits_hourly_5 AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.people_at_start AS opening,
  c.came,
  c.gone,
  c.people AS closing,
  c.people_previous AS hour_before
FROM cells AS c
ORDER BY c.period_start;
