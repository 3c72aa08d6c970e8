WITH
-- visits by day
visits_atoms AS (
  SELECT
    CAST(
      CASE
        WHEN visits.started_at < TIMESTAMP '2026-03-29 01:00:00' THEN visits.started_at + INTERVAL '1 hour'
        WHEN visits.started_at < TIMESTAMP '2026-10-25 01:00:00' THEN visits.started_at + INTERVAL '2 hours'
        ELSE visits.started_at + INTERVAL '1 hour'
      END AS DATE
    ) AS period_start,
    CAST(EXTRACT(isodow FROM visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris') AS INTEGER) AS weekday,
    count(*) AS visits,
    count(*) FILTER (
      WHERE visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' >= DATE '2026-04-01'
    ) AS april,
    count(*) FILTER (WHERE visits.seen_at AT TIME ZONE 'Europe/Paris' >= DATE '2026-04-01') AS april_seen,
    count(*) FILTER (
      WHERE (CAST(visits.seen_at AT TIME ZONE 'Europe/Paris' AS DATE) = DATE '2026-04-01') IS NOT TRUE
    ) AS not_first,
    count(*) FILTER (
      WHERE CAST(EXTRACT(hour FROM visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris') AS INTEGER)
        < 6
    ) AS early,
    count(*) FILTER (
      WHERE CAST(EXTRACT(hour FROM visits.seen_at AT TIME ZONE 'Europe/Paris') AS INTEGER) < 6
    ) AS early_seen,
    count(*) FILTER (
      WHERE CAST(visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
        = visits.day
      AND visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' >= visits.day
      AND visits.seen_at AT TIME ZONE 'Europe/Paris' >= visits.day
    ) AS same_day,
    count(*) FILTER (
      WHERE (visits.started_at + INTERVAL '1 day') AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris'
        >= DATE '2026-04-02'
    ) AS next_day,
    max(
      CAST(EXTRACT(epoch FROM ((visits.seen_at AT TIME ZONE 'Europe/Paris') + INTERVAL '1 day') AT TIME ZONE 'Europe/Paris' AT TIME ZONE 'UTC') - EXTRACT(epoch FROM visits.seen_at AT TIME ZONE 'UTC') AS DOUBLE PRECISION)
    ) AS a_day_on,
    max(
      CAST(EXTRACT(epoch FROM visits.started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris') - EXTRACT(epoch FROM CAST(
        visits.day AS TIMESTAMP
      )) AS DOUBLE PRECISION)
    ) AS of_the_day,
    count(*) FILTER (
      WHERE visits.seen_at AT TIME ZONE 'Europe/Paris' BETWEEN DATE '2026-03-29' AND DATE '2026-04-01'
    ) AS in_march
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-12-31 23:00:00'
  GROUP BY 1, 2
),
-- visits: visits, april, april_seen, not_first, early, early_seen, same_day, next_day, a_day_on, of_the_day, in_march by year
visits_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    i.weekday,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    CAST(sum(i.april) AS BIGINT) AS april,
    CAST(sum(i.april_seen) AS BIGINT) AS april_seen,
    CAST(sum(i.not_first) AS BIGINT) AS not_first,
    CAST(sum(i.early) AS BIGINT) AS early,
    CAST(sum(i.early_seen) AS BIGINT) AS early_seen,
    CAST(sum(i.same_day) AS BIGINT) AS same_day,
    CAST(sum(i.next_day) AS BIGINT) AS next_day,
    max(i.a_day_on) AS a_day_on,
    max(i.of_the_day) AS of_the_day,
    CAST(sum(i.in_march) AS BIGINT) AS in_march
  FROM visits_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 year') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.weekday
  FROM visits_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.weekday,
    r.visits,
    r.april,
    r.april_seen,
    r.not_first,
    r.early,
    r.early_seen,
    r.same_day,
    r.next_day,
    r.a_day_on,
    r.of_the_day,
    r.in_march
  FROM visits_yearly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.weekday,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS april,
    CAST(NULL AS BIGINT) AS april_seen,
    CAST(NULL AS BIGINT) AS not_first,
    CAST(NULL AS BIGINT) AS early,
    CAST(NULL AS BIGINT) AS early_seen,
    CAST(NULL AS BIGINT) AS same_day,
    CAST(NULL AS BIGINT) AS next_day,
    CAST(NULL AS DOUBLE PRECISION) AS a_day_on,
    CAST(NULL AS DOUBLE PRECISION) AS of_the_day,
    CAST(NULL AS BIGINT) AS in_march
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.weekday,
    COALESCE(max(k.visits), 0) AS visits,
    COALESCE(max(k.april), 0) AS april,
    COALESCE(max(k.april_seen), 0) AS april_seen,
    COALESCE(max(k.not_first), 0) AS not_first,
    COALESCE(max(k.early), 0) AS early,
    COALESCE(max(k.early_seen), 0) AS early_seen,
    COALESCE(max(k.same_day), 0) AS same_day,
    COALESCE(max(k.next_day), 0) AS next_day,
    max(k.a_day_on) AS a_day_on,
    max(k.of_the_day) AS of_the_day,
    COALESCE(max(k.in_march), 0) AS in_march
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'weekday' AS slicing,
  'all' AS segment,
  c.weekday,
  c.visits,
  c.april,
  c.april_seen,
  c.not_first,
  c.early,
  c.early_seen,
  c.same_day,
  c.next_day,
  c.a_day_on,
  c.of_the_day,
  c.in_march
FROM cells AS c
ORDER BY c.weekday NULLS LAST, c.period_start;
