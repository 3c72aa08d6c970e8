WITH
-- visits: each counted value once a day
visits_entities AS (
  SELECT
    visits.day AS period_start,
    visits.channel,
    visits.visitor AS entity
  FROM visits
  WHERE visits.day < DATE '2026-02-03'
  GROUP BY 1, 2, 3
),
-- the time that each period reads: month to date
month_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-30', DATE '2026-01-01', DATE '2026-01-31'),
      (DATE '2026-01-31', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-02-02'),
      (DATE '2026-02-02', DATE '2026-02-01', DATE '2026-02-03')
  ) AS q(period_start, window_start, window_end)
),
-- visits: when each value is seen first
visits_first_seen AS (
  SELECT
    'channel' AS slicing,
    i.channel,
    i.entity,
    min(i.period_start) AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 2, 3, CAST(date_trunc('month', i.period_start) AS DATE)
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel,
    i.entity,
    min(i.period_start) AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 3, CAST(date_trunc('month', i.period_start) AS DATE)
),
-- visits: how many values come and go
visits_changes AS (
  SELECT
    e.slicing,
    e.channel,
    e.day,
    count(*) AS change
  FROM visits_first_seen AS e
  GROUP BY 1, 2, 3
),
-- visits: visitors by day, month to date
visits_distinct_daily_month_to_date AS (
  SELECT
    w.period_start,
    i.slicing,
    i.channel,
    CAST(sum(i.change) AS BIGINT) AS visitors_to_date
  FROM visits_changes AS i
  JOIN month_to_date AS w
    ON i.day >= w.window_start
    AND i.day < w.window_end
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-30', TIMESTAMP '2026-02-02', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: when each value is seen first
visits_first_seen_2 AS (
  SELECT
    'channel' AS slicing,
    i.channel,
    i.entity,
    min(i.period_start) AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel,
    i.entity,
    min(i.period_start) AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 3
),
-- visits: how many values come and go
visits_changes_2 AS (
  SELECT
    e.slicing,
    e.channel,
    e.day,
    count(*) AS change
  FROM visits_first_seen_2 AS e
  GROUP BY 1, 2, 3
),
-- visits: visitors by day, cumulative
visits_distinct_daily_cumulative AS (
  SELECT
    w.period_start,
    i.slicing,
    i.channel,
    CAST(sum(i.change) AS BIGINT) AS visitors_cumulative
  FROM visits_changes_2 AS i
  JOIN cumulative AS w ON i.day < w.window_end
  GROUP BY 1, 2, 3
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM visits_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.visitors_to_date,
    CAST(NULL AS BIGINT) AS visitors_cumulative
  FROM visits_distinct_daily_month_to_date AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS visitors_to_date,
    r.visitors_cumulative
  FROM visits_distinct_daily_cumulative AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS visitors_to_date,
    CAST(NULL AS BIGINT) AS visitors_cumulative
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.visitors_to_date), 0) AS visitors_to_date,
    COALESCE(max(k.visitors_cumulative), 0) AS visitors_cumulative
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.visitors_to_date AS mtd,
  c.visitors_cumulative AS ever
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
