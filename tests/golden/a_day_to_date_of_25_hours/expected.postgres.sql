WITH
-- visits by hour
visits_atoms AS (
  SELECT
    date_trunc('hour', visits.started_at) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-10-23 22:00:00'
    AND visits.started_at < TIMESTAMP '2026-10-25 23:00:00'
  GROUP BY 1
),
-- visits: visits by hour
visits_hourly AS (
  SELECT
    i.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= TIMESTAMP '2026-10-24 22:00:00'
    AND i.period_start < TIMESTAMP '2026-10-25 23:00:00'
  GROUP BY 1
),
-- the time that each period reads: day to date
day_to_date AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-24 23:00:00'
      ),
      (
        TIMESTAMP '2026-10-24 23:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 00:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 00:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 01:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 01:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 02:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 02:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 03:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 03:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 04:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 04:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 05:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 05:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 06:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 06:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 07:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 07:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 08:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 08:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 09:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 09:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 10:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 10:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 11:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 11:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 12:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 12:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 13:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 13:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 14:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 14:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 15:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 15:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 16:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 16:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 17:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 17:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 18:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 18:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 19:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 19:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 20:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 20:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 21:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 21:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 22:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 22:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-25 23:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, day to date
visits_hourly_day_to_date AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_to_date
  FROM visits_atoms AS i
  JOIN day_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 day
previous_1_day AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-23 22:00:00',
        TIMESTAMP '2026-10-23 23:00:00'
      ),
      (
        TIMESTAMP '2026-10-24 23:00:00',
        TIMESTAMP '2026-10-23 23:00:00',
        TIMESTAMP '2026-10-24 00:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 00:00:00',
        TIMESTAMP '2026-10-24 00:00:00',
        TIMESTAMP '2026-10-24 01:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 01:00:00',
        TIMESTAMP '2026-10-24 01:00:00',
        TIMESTAMP '2026-10-24 02:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 02:00:00',
        TIMESTAMP '2026-10-24 02:00:00',
        TIMESTAMP '2026-10-24 03:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 03:00:00',
        TIMESTAMP '2026-10-24 03:00:00',
        TIMESTAMP '2026-10-24 04:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 04:00:00',
        TIMESTAMP '2026-10-24 04:00:00',
        TIMESTAMP '2026-10-24 05:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 05:00:00',
        TIMESTAMP '2026-10-24 05:00:00',
        TIMESTAMP '2026-10-24 06:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 06:00:00',
        TIMESTAMP '2026-10-24 06:00:00',
        TIMESTAMP '2026-10-24 07:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 07:00:00',
        TIMESTAMP '2026-10-24 07:00:00',
        TIMESTAMP '2026-10-24 08:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 08:00:00',
        TIMESTAMP '2026-10-24 08:00:00',
        TIMESTAMP '2026-10-24 09:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 09:00:00',
        TIMESTAMP '2026-10-24 09:00:00',
        TIMESTAMP '2026-10-24 10:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 10:00:00',
        TIMESTAMP '2026-10-24 10:00:00',
        TIMESTAMP '2026-10-24 11:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 11:00:00',
        TIMESTAMP '2026-10-24 11:00:00',
        TIMESTAMP '2026-10-24 12:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 12:00:00',
        TIMESTAMP '2026-10-24 12:00:00',
        TIMESTAMP '2026-10-24 13:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 13:00:00',
        TIMESTAMP '2026-10-24 13:00:00',
        TIMESTAMP '2026-10-24 14:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 14:00:00',
        TIMESTAMP '2026-10-24 14:00:00',
        TIMESTAMP '2026-10-24 15:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 15:00:00',
        TIMESTAMP '2026-10-24 15:00:00',
        TIMESTAMP '2026-10-24 16:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 16:00:00',
        TIMESTAMP '2026-10-24 16:00:00',
        TIMESTAMP '2026-10-24 17:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 17:00:00',
        TIMESTAMP '2026-10-24 17:00:00',
        TIMESTAMP '2026-10-24 18:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 18:00:00',
        TIMESTAMP '2026-10-24 18:00:00',
        TIMESTAMP '2026-10-24 19:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 19:00:00',
        TIMESTAMP '2026-10-24 19:00:00',
        TIMESTAMP '2026-10-24 20:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 20:00:00',
        TIMESTAMP '2026-10-24 20:00:00',
        TIMESTAMP '2026-10-24 21:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 21:00:00',
        TIMESTAMP '2026-10-24 21:00:00',
        TIMESTAMP '2026-10-24 22:00:00'
      ),
      (
        TIMESTAMP '2026-10-25 22:00:00',
        TIMESTAMP '2026-10-24 22:00:00',
        TIMESTAMP '2026-10-24 23:00:00'
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
-- visits: each counted value once a hour
visits_entities AS (
  SELECT
    date_trunc('hour', visits.started_at) AS period_start,
    visits.visitor AS entity
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-10-24 22:00:00'
    AND visits.started_at < TIMESTAMP '2026-10-25 23:00:00'
  GROUP BY 1, 2
),
-- visits: visitors by hour, day to date
visits_distinct_hourly_day_to_date AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS visitors_to_date
  FROM visits_entities AS i
  JOIN day_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    start AS period_start
  FROM generate_series(TIMESTAMP '2026-10-24 22:00:00', TIMESTAMP '2026-10-25 22:00:00', INTERVAL '1 hour') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_to_date, 0) AS visits_to_date,
    COALESCE(r4.visitors_to_date, 0) AS visitors_to_date,
    COALESCE(r3.visits_previous, 0) AS visits_previous
  FROM spine AS p
  LEFT JOIN visits_hourly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_hourly_day_to_date AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_hourly_previous_1_day AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_distinct_hourly_day_to_date AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_to_date AS today,
  c.visitors_to_date AS visitors_today,
  c.visits_previous AS visits_day_before
FROM cells AS c
ORDER BY c.period_start;
