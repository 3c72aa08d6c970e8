WITH
-- visits by hour
visits_atoms AS (
  SELECT
    date_trunc('hour', visits.started_at) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-03-28 21:00:00'
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
-- the time that each period reads: rolling 3 hours
rolling_3_hours AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 21:00:00',
        TIMESTAMP '2026-03-29 00:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-28 22:00:00',
        TIMESTAMP '2026-03-29 01:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 02:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 03:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 04:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 05:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 06:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 07:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 08:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 09:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 10:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 11:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 12:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 13:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 14:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 15:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 16:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 17:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 18:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 19:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 20:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 21:00:00'
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 22:00:00'
      )
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by hour, rolling 3 hours
visits_hourly_rolling_3_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_rolling
  FROM visits_atoms AS i
  JOIN rolling_3_hours AS w
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
  WHERE visits.started_at >= TIMESTAMP '2026-03-28 21:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1, 2
),
-- visits: visitors by hour, rolling 3 hours
visits_distinct_hourly_rolling_3_hours AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS visitors_rolling
  FROM visits_entities AS i
  JOIN rolling_3_hours AS w
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
    COALESCE(r2.visits_rolling, 0) AS visits_rolling,
    COALESCE(r3.visitors_rolling, 0) AS visitors_rolling
  FROM spine AS p
  LEFT JOIN visits_hourly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_hourly_rolling_3_hours AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_distinct_hourly_rolling_3_hours AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_rolling AS visits_3h,
  c.visitors_rolling AS visitors_3h
FROM cells AS c
ORDER BY c.period_start;
