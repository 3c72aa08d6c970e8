WITH
-- visits by day
visits_atoms AS (
  SELECT
    CAST(
      CASE
        WHEN visits.started_at < TIMESTAMP '2018-11-04 03:00:00' THEN visits.started_at - INTERVAL '3 hours'
        ELSE visits.started_at - INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2018-10-29 03:00:00'
    AND visits.started_at < TIMESTAMP '2018-11-06 02:00:00'
  GROUP BY 1
),
-- visits: visits by day
visits_daily AS (
  SELECT
    i.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2018-11-03'
    AND i.period_start < DATE '2018-11-06'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2018-11-03', TIMESTAMP '2018-11-05', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: previous
previous AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 1 AS window_start,
    CAST(p.period_start AS DATE) + 0 AS window_end
  FROM spine AS p
),
-- visits: visits by day, previous
visits_daily_previous AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 2 days
rolling_2_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 1 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: visits by day, rolling 2 days
visits_daily_rolling_2_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_rolling
  FROM visits_atoms AS i
  JOIN rolling_2_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: week to date
week_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2018-11-03', DATE '2018-10-29', DATE '2018-11-04'),
      (DATE '2018-11-04', DATE '2018-10-29', DATE '2018-11-05'),
      (DATE '2018-11-05', DATE '2018-11-05', DATE '2018-11-06')
  ) AS q(period_start, window_start, window_end)
),
-- visits: visits by day, week to date
visits_daily_week_to_date AS (
  SELECT
    w.period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits_to_date
  FROM visits_atoms AS i
  JOIN week_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: what comes and goes, by day
visits_atoms_2 AS (
  SELECT
    CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE) AS period_start,
    count(*) AS still_there_at_start
  FROM visits
  WHERE CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
      < DATE '2018-11-05'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN CAST(visits.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
          > CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE) THEN CAST(
          visits.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE
        )
      ELSE CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
    END AS period_start,
    -count(*) AS still_there_at_start
  FROM visits
  WHERE CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
      < DATE '2018-11-05'
    AND CAST(visits.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
      < DATE '2018-11-05'
  GROUP BY 1
),
-- visits: what is there from one change to the next
visits_states AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2018-11-06') AS until,
    COALESCE(
      sum(sum(i.still_there_at_start)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS still_there_at_start
  FROM visits_atoms_2 AS i
  GROUP BY 1
),
-- visits: still_there by day, at start
visits_daily_at_start AS (
  SELECT
    w.period_start,
    CAST(i.still_there_at_start AS BIGINT) AS still_there_at_start
  FROM visits_states AS i
  JOIN previous AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- visits: what comes and goes, by day
visits_atoms_3 AS (
  SELECT
    CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE) AS period_start,
    count(*) AS still_there
  FROM visits
  WHERE CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
      < DATE '2018-11-06'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN CAST(visits.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
          > CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE) THEN CAST(
          visits.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE
        )
      ELSE CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
    END AS period_start,
    -count(*) AS still_there
  FROM visits
  WHERE CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
      < DATE '2018-11-06'
    AND CAST(visits.ended_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/Sao_Paulo' AS DATE)
      < DATE '2018-11-06'
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
-- visits: what is there from one change to the next
visits_states_2 AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2018-11-06') AS until,
    COALESCE(
      sum(sum(i.still_there)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS still_there
  FROM visits_atoms_3 AS i
  GROUP BY 1
),
-- visits: still_there by day, at end
visits_daily_at_end AS (
  SELECT
    w.period_start,
    CAST(i.still_there AS BIGINT) AS still_there
  FROM visits_states_2 AS i
  JOIN at_end AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_previous, 0) AS visits_previous,
    COALESCE(r3.visits_rolling, 0) AS visits_rolling,
    COALESCE(r4.visits_to_date, 0) AS visits_to_date,
    COALESCE(r5.still_there_at_start, 0) AS still_there_at_start,
    COALESCE(r6.still_there, 0) AS still_there
  FROM spine AS p
  LEFT JOIN visits_daily AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_daily_rolling_2_days AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_daily_week_to_date AS r4 ON r4.period_start = p.period_start
  LEFT JOIN visits_daily_at_start AS r5 ON r5.period_start = p.period_start
  LEFT JOIN visits_daily_at_end AS r6 ON r6.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_previous AS day_before,
  c.visits_rolling AS visits_2d,
  c.visits_to_date AS wtd,
  c.still_there_at_start AS opening,
  c.still_there AS closing
FROM cells AS c
ORDER BY c.period_start;
