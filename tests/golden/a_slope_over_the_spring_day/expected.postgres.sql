WITH
-- visits by hour
visits_atoms AS (
  SELECT
    date_trunc('hour', visits.started_at) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-03-27 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1
),
-- visits: visits by hour
visits_hourly AS (
  SELECT
    i.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= TIMESTAMP '2026-03-28 23:00:00'
    AND i.period_start < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1
),
-- the time that each period reads: previous 1 hour
previous_1_hour AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 21:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 1 hour
visits_hourly_previous_1_hour AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous_1_hour AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 2 hours
previous_2_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 20:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 2 hours
visits_hourly_previous_2_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_2
  FROM visits_atoms AS i
  JOIN previous_2_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 3 hours
previous_3_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 19:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 3 hours
visits_hourly_previous_3_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_3
  FROM visits_atoms AS i
  JOIN previous_3_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 4 hours
previous_4_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 18:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 4 hours
visits_hourly_previous_4_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_4
  FROM visits_atoms AS i
  JOIN previous_4_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 5 hours
previous_5_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 17:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 5 hours
visits_hourly_previous_5_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_5
  FROM visits_atoms AS i
  JOIN previous_5_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 6 hours
previous_6_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 16:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 6 hours
visits_hourly_previous_6_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_6
  FROM visits_atoms AS i
  JOIN previous_6_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 7 hours
previous_7_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 7 hours
visits_hourly_previous_7_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_7
  FROM visits_atoms AS i
  JOIN previous_7_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 8 hours
previous_8_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 8 hours
visits_hourly_previous_8_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_8
  FROM visits_atoms AS i
  JOIN previous_8_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 9 hours
previous_9_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 9 hours
visits_hourly_previous_9_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_9
  FROM visits_atoms AS i
  JOIN previous_9_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 10 hours
previous_10_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 10 hours
visits_hourly_previous_10_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_10
  FROM visits_atoms AS i
  JOIN previous_10_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 11 hours
previous_11_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 11 hours
visits_hourly_previous_11_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_11
  FROM visits_atoms AS i
  JOIN previous_11_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 12 hours
previous_12_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 12 hours
visits_hourly_previous_12_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_12
  FROM visits_atoms AS i
  JOIN previous_12_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 13 hours
previous_13_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 13 hours
visits_hourly_previous_13_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_13
  FROM visits_atoms AS i
  JOIN previous_13_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 14 hours
previous_14_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 14 hours
visits_hourly_previous_14_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_14
  FROM visits_atoms AS i
  JOIN previous_14_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 15 hours
previous_15_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 15 hours
visits_hourly_previous_15_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_15
  FROM visits_atoms AS i
  JOIN previous_15_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 16 hours
previous_16_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 16 hours
visits_hourly_previous_16_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_16
  FROM visits_atoms AS i
  JOIN previous_16_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 17 hours
previous_17_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 17 hours
visits_hourly_previous_17_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_17
  FROM visits_atoms AS i
  JOIN previous_17_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 18 hours
previous_18_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 05:00:00',
        TIMESTAMP '2026-03-28 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 18 hours
visits_hourly_previous_18_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_18
  FROM visits_atoms AS i
  JOIN previous_18_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 19 hours
previous_19_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 04:00:00',
        TIMESTAMP '2026-03-28 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 05:00:00',
        TIMESTAMP '2026-03-28 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 19 hours
visits_hourly_previous_19_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_19
  FROM visits_atoms AS i
  JOIN previous_19_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 20 hours
previous_20_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 03:00:00',
        TIMESTAMP '2026-03-28 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 04:00:00',
        TIMESTAMP '2026-03-28 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 05:00:00',
        TIMESTAMP '2026-03-28 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 20 hours
visits_hourly_previous_20_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_20
  FROM visits_atoms AS i
  JOIN previous_20_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 21 hours
previous_21_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 02:00:00',
        TIMESTAMP '2026-03-28 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 03:00:00',
        TIMESTAMP '2026-03-28 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 04:00:00',
        TIMESTAMP '2026-03-28 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 05:00:00',
        TIMESTAMP '2026-03-28 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 21 hours
visits_hourly_previous_21_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_21
  FROM visits_atoms AS i
  JOIN previous_21_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 22 hours
previous_22_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 01:00:00',
        TIMESTAMP '2026-03-28 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 02:00:00',
        TIMESTAMP '2026-03-28 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 03:00:00',
        TIMESTAMP '2026-03-28 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 04:00:00',
        TIMESTAMP '2026-03-28 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 05:00:00',
        TIMESTAMP '2026-03-28 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 22 hours
visits_hourly_previous_22_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_22
  FROM visits_atoms AS i
  JOIN previous_22_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 23 hours
previous_23_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 00:00:00',
        TIMESTAMP '2026-03-28 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 01:00:00',
        TIMESTAMP '2026-03-28 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 02:00:00',
        TIMESTAMP '2026-03-28 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 03:00:00',
        TIMESTAMP '2026-03-28 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 04:00:00',
        TIMESTAMP '2026-03-28 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 05:00:00',
        TIMESTAMP '2026-03-28 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-28 23:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 23 hours
visits_hourly_previous_23_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_23
  FROM visits_atoms AS i
  JOIN previous_23_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 24 hours
previous_24_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-27 23:00:00',
        TIMESTAMP '2026-03-28 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 00:00:00',
        TIMESTAMP '2026-03-28 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 01:00:00',
        TIMESTAMP '2026-03-28 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-28 02:00:00',
        TIMESTAMP '2026-03-28 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-28 03:00:00',
        TIMESTAMP '2026-03-28 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-28 04:00:00',
        TIMESTAMP '2026-03-28 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-28 05:00:00',
        TIMESTAMP '2026-03-28 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-28 06:00:00',
        TIMESTAMP '2026-03-28 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-28 07:00:00',
        TIMESTAMP '2026-03-28 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-28 08:00:00',
        TIMESTAMP '2026-03-28 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-28 09:00:00',
        TIMESTAMP '2026-03-28 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-28 10:00:00',
        TIMESTAMP '2026-03-28 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-28 11:00:00',
        TIMESTAMP '2026-03-28 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-28 12:00:00',
        TIMESTAMP '2026-03-28 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-28 13:00:00',
        TIMESTAMP '2026-03-28 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-28 14:00:00',
        TIMESTAMP '2026-03-28 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-28 15:00:00',
        TIMESTAMP '2026-03-28 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-28 16:00:00',
        TIMESTAMP '2026-03-28 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-28 17:00:00',
        TIMESTAMP '2026-03-28 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-28 18:00:00',
        TIMESTAMP '2026-03-28 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-28 19:00:00',
        TIMESTAMP '2026-03-28 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-28 20:00:00',
        TIMESTAMP '2026-03-28 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-28 22:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, previous 24 hours
visits_hourly_previous_24_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous_24
  FROM visits_atoms AS i
  JOIN previous_24_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
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
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_previous, 0) AS visits_previous,
    COALESCE(r3.visits_previous_2, 0) AS visits_previous_2,
    COALESCE(r4.visits_previous_3, 0) AS visits_previous_3,
    COALESCE(r5.visits_previous_4, 0) AS visits_previous_4,
    COALESCE(r6.visits_previous_5, 0) AS visits_previous_5,
    COALESCE(r7.visits_previous_6, 0) AS visits_previous_6,
    COALESCE(r8.visits_previous_7, 0) AS visits_previous_7,
    COALESCE(r9.visits_previous_8, 0) AS visits_previous_8,
    COALESCE(r10.visits_previous_9, 0) AS visits_previous_9,
    COALESCE(r11.visits_previous_10, 0) AS visits_previous_10,
    COALESCE(r12.visits_previous_11, 0) AS visits_previous_11,
    COALESCE(r13.visits_previous_12, 0) AS visits_previous_12,
    COALESCE(r14.visits_previous_13, 0) AS visits_previous_13,
    COALESCE(r15.visits_previous_14, 0) AS visits_previous_14,
    COALESCE(r16.visits_previous_15, 0) AS visits_previous_15,
    COALESCE(r17.visits_previous_16, 0) AS visits_previous_16,
    COALESCE(r18.visits_previous_17, 0) AS visits_previous_17,
    COALESCE(r19.visits_previous_18, 0) AS visits_previous_18,
    COALESCE(r20.visits_previous_19, 0) AS visits_previous_19,
    COALESCE(r21.visits_previous_20, 0) AS visits_previous_20,
    COALESCE(r22.visits_previous_21, 0) AS visits_previous_21,
    COALESCE(r23.visits_previous_22, 0) AS visits_previous_22,
    COALESCE(r24.visits_previous_23, 0) AS visits_previous_23,
    COALESCE(r25.visits_previous_24, 0) AS visits_previous_24
  FROM spine AS p
  LEFT JOIN visits_hourly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_1_hour AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_2_hours AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_3_hours AS r4 ON r4.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_4_hours AS r5 ON r5.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_5_hours AS r6 ON r6.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_6_hours AS r7 ON r7.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_7_hours AS r8 ON r8.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_8_hours AS r9 ON r9.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_9_hours AS r10 ON r10.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_10_hours AS r11 ON r11.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_11_hours AS r12 ON r12.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_12_hours AS r13 ON r13.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_13_hours AS r14 ON r14.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_14_hours AS r15 ON r15.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_15_hours AS r16 ON r16.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_16_hours AS r17 ON r17.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_17_hours AS r18 ON r18.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_18_hours AS r19 ON r19.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_19_hours AS r20 ON r20.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_20_hours AS r21 ON r21.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_21_hours AS r22 ON r22.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_22_hours AS r23 ON r23.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_23_hours AS r24 ON r24.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_24_hours AS r25 ON r25.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
            p.place AS DOUBLE PRECISION
          ))
      END AS value
    FROM (
      VALUES
        (0, c.visits_previous_2),
        (1, c.visits_previous),
        (2, c.visits)
    ) AS p(place, value)
  ) AS trend,
  (
    SELECT
      CASE
        WHEN min(p.value) < max(p.value) THEN CAST(
            c.visits - CAST(sum(p.value) AS DOUBLE PRECISION) / NULLIF(count(p.value), 0) AS DOUBLE PRECISION
          )
            / NULLIF(stddev_samp(CAST(p.value AS DOUBLE PRECISION)), 0)
      END AS value
    FROM (
      VALUES
        (c.visits_previous_24),
        (c.visits_previous_23),
        (c.visits_previous_22),
        (c.visits_previous_21),
        (c.visits_previous_20),
        (c.visits_previous_19),
        (c.visits_previous_18),
        (c.visits_previous_17),
        (c.visits_previous_16),
        (c.visits_previous_15),
        (c.visits_previous_14),
        (c.visits_previous_13),
        (c.visits_previous_12),
        (c.visits_previous_11),
        (c.visits_previous_10),
        (c.visits_previous_9),
        (c.visits_previous_8),
        (c.visits_previous_7),
        (c.visits_previous_6),
        (c.visits_previous_5),
        (c.visits_previous_4),
        (c.visits_previous_3),
        (c.visits_previous_2),
        (c.visits_previous)
    ) AS p(value)
  ) AS a_day_before
FROM cells AS c
ORDER BY c.period_start;
