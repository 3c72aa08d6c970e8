WITH
-- visits: each counted value once a day
visits_entities AS (
  SELECT
    visits.day AS period_start,
    visits.channel,
    visits.visitor AS entity
  FROM visits
  WHERE visits.day >= DATE '2026-02-23'
    AND visits.day < DATE '2026-03-15'
  GROUP BY 1, 2, 3
),
-- visits: visitors by day
visits_distinct_daily AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    count(i.entity) AS visitors
  FROM visits_entities AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-03-15'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS visitors
  FROM visits_entities AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-03-15'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-14', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: rolling 3 days
rolling_3_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 2 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: the days on which each value is seen
visits_seen AS (
  SELECT
    'channel' AS slicing,
    i.channel,
    i.entity,
    i.period_start AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.entity,
    i.period_start AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 3, 4
),
-- visits: until when each value is there
visits_stays AS (
  SELECT
    s.slicing,
    s.channel,
    s.day,
    lead(s.day) OVER (PARTITION BY s.slicing, s.channel, s.entity ORDER BY s.day) AS next_day
  FROM visits_seen AS s
),
-- visits: each value comes, and goes
visits_events AS (
  SELECT
    s.slicing,
    s.channel,
    s.day,
    count(*) AS change
  FROM visits_stays AS s
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT
    s.slicing,
    s.channel,
    CASE WHEN s.next_day < CAST(s.day AS DATE) + 3 THEN s.next_day ELSE CAST(s.day AS DATE) + 3 END AS day,
    -count(*) AS change
  FROM visits_stays AS s
  GROUP BY 1, 2, 3
),
-- visits: how many values come and go
visits_changes AS (
  SELECT
    e.slicing,
    e.channel,
    e.day,
    sum(e.change) AS change
  FROM visits_events AS e
  GROUP BY 1, 2, 3
),
-- visits: visitors by day, rolling 3 days
visits_distinct_daily_rolling_3_days AS (
  SELECT
    w.period_start,
    i.slicing,
    i.channel,
    CAST(sum(i.change) AS BIGINT) AS visitors_rolling
  FROM visits_changes AS i
  JOIN rolling_3_days AS w ON i.day < w.window_end
  GROUP BY 1, 2, 3
),
-- the time that each period reads: rolling 7 days
rolling_7_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 6 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: the days on which each value is seen
visits_seen_2 AS (
  SELECT
    'channel' AS slicing,
    i.channel,
    i.entity,
    i.period_start AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.entity,
    i.period_start AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 3, 4
),
-- visits: until when each value is there
visits_stays_2 AS (
  SELECT
    s.slicing,
    s.channel,
    s.day,
    lead(s.day) OVER (PARTITION BY s.slicing, s.channel, s.entity ORDER BY s.day) AS next_day
  FROM visits_seen_2 AS s
),
-- visits: each value comes, and goes
visits_events_2 AS (
  SELECT
    s.slicing,
    s.channel,
    s.day,
    count(*) AS change
  FROM visits_stays_2 AS s
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT
    s.slicing,
    s.channel,
    CASE WHEN s.next_day < CAST(s.day AS DATE) + 7 THEN s.next_day ELSE CAST(s.day AS DATE) + 7 END AS day,
    -count(*) AS change
  FROM visits_stays_2 AS s
  GROUP BY 1, 2, 3
),
-- visits: how many values come and go
visits_changes_2 AS (
  SELECT
    e.slicing,
    e.channel,
    e.day,
    sum(e.change) AS change
  FROM visits_events_2 AS e
  GROUP BY 1, 2, 3
),
-- visits: visitors by day, rolling 7 days
visits_distinct_daily_rolling_7_days AS (
  SELECT
    w.period_start,
    i.slicing,
    i.channel,
    CAST(sum(i.change) AS BIGINT) AS visitors_rolling_2
  FROM visits_changes_2 AS i
  JOIN rolling_7_days AS w ON i.day < w.window_end
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
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.visitors,
    CAST(NULL AS BIGINT) AS visitors_rolling,
    CAST(NULL AS BIGINT) AS visitors_rolling_2
  FROM visits_distinct_daily AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS visitors,
    r.visitors_rolling,
    CAST(NULL AS BIGINT) AS visitors_rolling_2
  FROM visits_distinct_daily_rolling_3_days AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS visitors,
    CAST(NULL AS BIGINT) AS visitors_rolling,
    r.visitors_rolling_2
  FROM visits_distinct_daily_rolling_7_days AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS visitors,
    CAST(NULL AS BIGINT) AS visitors_rolling,
    CAST(NULL AS BIGINT) AS visitors_rolling_2
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.visitors), 0) AS visitors,
    COALESCE(max(k.visitors_rolling), 0) AS visitors_rolling,
    COALESCE(max(k.visitors_rolling_2), 0) AS visitors_rolling_2
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.visitors,
  c.visitors_rolling AS visitors_3d,
  c.visitors_rolling_2 AS visitors_7d
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
