WITH
-- visits by hour
visits_atoms AS (
  SELECT
    date_trunc('hour', visits.started_at) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-03-22 22:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-23 22:00:00'
    OR visits.started_at >= TIMESTAMP '2026-03-28 22:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-30 22:00:00'
  GROUP BY 1
),
-- visits: visits by hour
visits_hourly AS (
  SELECT
    i.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= TIMESTAMP '2026-03-29 22:00:00'
    AND i.period_start < TIMESTAMP '2026-03-30 22:00:00'
  GROUP BY 1
),
-- the time that each period reads: previous 1 day
previous_1_day AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-29 22:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 23:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 00:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 01:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 02:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 03:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 04:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 05:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 06:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 07:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 08:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 09:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 10:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 11:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 12:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 13:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 14:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 15:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 16:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 17:00:00',
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 18:00:00',
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 19:00:00',
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 20:00:00',
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 21:00:00',
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 22:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 1 day
visits_hourly_previous_1_day AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous_1_day AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 week
previous_1_week AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-29 22:00:00',
        TIMESTAMP '2026-03-22 22:00:00',
        TIMESTAMP '2026-03-22 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 23:00:00',
        TIMESTAMP '2026-03-22 23:00:00',
        TIMESTAMP '2026-03-23 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 00:00:00',
        TIMESTAMP '2026-03-23 00:00:00',
        TIMESTAMP '2026-03-23 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 01:00:00',
        TIMESTAMP '2026-03-23 01:00:00',
        TIMESTAMP '2026-03-23 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 02:00:00',
        TIMESTAMP '2026-03-23 02:00:00',
        TIMESTAMP '2026-03-23 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 03:00:00',
        TIMESTAMP '2026-03-23 03:00:00',
        TIMESTAMP '2026-03-23 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 04:00:00',
        TIMESTAMP '2026-03-23 04:00:00',
        TIMESTAMP '2026-03-23 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 05:00:00',
        TIMESTAMP '2026-03-23 05:00:00',
        TIMESTAMP '2026-03-23 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 06:00:00',
        TIMESTAMP '2026-03-23 06:00:00',
        TIMESTAMP '2026-03-23 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 07:00:00',
        TIMESTAMP '2026-03-23 07:00:00',
        TIMESTAMP '2026-03-23 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 08:00:00',
        TIMESTAMP '2026-03-23 08:00:00',
        TIMESTAMP '2026-03-23 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 09:00:00',
        TIMESTAMP '2026-03-23 09:00:00',
        TIMESTAMP '2026-03-23 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 10:00:00',
        TIMESTAMP '2026-03-23 10:00:00',
        TIMESTAMP '2026-03-23 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 11:00:00',
        TIMESTAMP '2026-03-23 11:00:00',
        TIMESTAMP '2026-03-23 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 12:00:00',
        TIMESTAMP '2026-03-23 12:00:00',
        TIMESTAMP '2026-03-23 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 13:00:00',
        TIMESTAMP '2026-03-23 13:00:00',
        TIMESTAMP '2026-03-23 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 14:00:00',
        TIMESTAMP '2026-03-23 14:00:00',
        TIMESTAMP '2026-03-23 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 15:00:00',
        TIMESTAMP '2026-03-23 15:00:00',
        TIMESTAMP '2026-03-23 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 16:00:00',
        TIMESTAMP '2026-03-23 16:00:00',
        TIMESTAMP '2026-03-23 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 17:00:00',
        TIMESTAMP '2026-03-23 17:00:00',
        TIMESTAMP '2026-03-23 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 18:00:00',
        TIMESTAMP '2026-03-23 18:00:00',
        TIMESTAMP '2026-03-23 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 19:00:00',
        TIMESTAMP '2026-03-23 19:00:00',
        TIMESTAMP '2026-03-23 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 20:00:00',
        TIMESTAMP '2026-03-23 20:00:00',
        TIMESTAMP '2026-03-23 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-30 21:00:00',
        TIMESTAMP '2026-03-23 21:00:00',
        TIMESTAMP '2026-03-23 22:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 1 week
visits_hourly_previous_1_week AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_2
  FROM visits_atoms AS i
  JOIN previous_1_week AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    start AS period_start
  FROM generate_series(TIMESTAMP '2026-03-29 22:00:00', TIMESTAMP '2026-03-30 21:00:00', INTERVAL '1 hour') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_previous, 0) AS visits_previous,
    COALESCE(r3.visits_previous_2, 0) AS visits_previous_2
  FROM spine AS p
  LEFT JOIN visits_hourly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_1_day AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_1_week AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_previous AS day_before,
  c.visits_previous_2 AS week_before
FROM cells AS c
ORDER BY c.period_start;
