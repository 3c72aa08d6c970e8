WITH
-- waits by day
waits_atoms AS (
  SELECT
    waits.day AS period_start,
    count(*) AS rows_seen_rolling,
    sum(waits.minutes) AS minutes_rolling,
    count(waits.minutes) AS mean_rolling_count,
    min(waits.minutes) AS shortest_rolling
  FROM waits
  WHERE waits.day >= DATE '2026-03-09'
    AND waits.day < DATE '2026-03-14'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-10', TIMESTAMP '2026-03-13', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: rolling 2 days
rolling_2_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 1 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- waits: rows_seen, minutes, mean, shortest by day, rolling 2 days
waits_daily_rolling_2_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.rows_seen_rolling) AS BIGINT) AS rows_seen_rolling,
    sum(i.minutes_rolling) AS minutes_rolling,
    CAST(sum(i.minutes_rolling) AS DOUBLE) / NULLIF(sum(i.mean_rolling_count), 0) AS mean_rolling,
    min(i.shortest_rolling) AS shortest_rolling
  FROM waits_atoms AS i
  JOIN rolling_2_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- waits: every value
waits_rows AS (
  SELECT
    waits.day AS period_start,
    waits.minutes AS middle_rolling
  FROM waits
  WHERE waits.day >= DATE '2026-03-09'
    AND waits.day < DATE '2026-03-14'
),
-- waits: middle by day, rolling 2 days
waits_spread_daily_rolling_2_days AS (
  SELECT
    w.period_start,
    quantile_cont(CAST(i.middle_rolling AS DOUBLE), 0.5) AS middle_rolling
  FROM waits_rows AS i
  JOIN rolling_2_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.rows_seen_rolling, 0) AS rows_seen_rolling,
    COALESCE(r1.minutes_rolling, 0) AS minutes_rolling,
    r1.mean_rolling,
    r2.middle_rolling,
    r1.shortest_rolling
  FROM spine AS p
  LEFT JOIN waits_daily_rolling_2_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN waits_spread_daily_rolling_2_days AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.rows_seen_rolling AS rows_2d,
  c.minutes_rolling AS minutes_2d,
  c.mean_rolling AS mean_2d,
  c.middle_rolling AS middle_2d,
  c.shortest_rolling AS shortest_2d
FROM cells AS c
ORDER BY c.period_start;
