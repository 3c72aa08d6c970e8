WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.pages) AS pages_rolling
  FROM visits
  WHERE visits.day >= DATE '2026-02-23'
    AND visits.day < DATE '2026-03-05'
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-04', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: rolling 7 days
rolling_7_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 6 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- visits: pages by day, rolling 7 days
visits_daily_rolling_7_days AS (
  SELECT
    w.period_start,
    sum(i.pages_rolling) AS pages_rolling
  FROM visits_atoms AS i
  JOIN rolling_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: pages by day, rolling 1 week
visits_daily_rolling_1_week AS (
  SELECT
    w.period_start,
    sum(i.pages_rolling) AS pages_rolling_2
  FROM visits_atoms AS i
  JOIN rolling_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: pages by day
visits_daily AS (
  SELECT
    i.period_start,
    sum(i.pages_rolling) AS pages
  FROM visits_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-03-05'
  GROUP BY 1
),
-- visits: each counted value once a day
visits_entities AS (
  SELECT
    visits.day AS period_start,
    visits.visitor AS entity
  FROM visits
  WHERE visits.day >= DATE '2026-02-23'
    AND visits.day < DATE '2026-03-05'
  GROUP BY 1, 2
),
-- visits: the days on which each value is seen
visits_seen AS (
  SELECT
    i.entity,
    i.period_start AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
),
-- visits: until when each value is there
visits_stays AS (
  SELECT
    s.day,
    lead(s.day) OVER (PARTITION BY s.entity ORDER BY s.day) AS next_day
  FROM visits_seen AS s
),
-- visits: each value comes, and goes
visits_events AS (
  SELECT
    s.day,
    count(*) AS change
  FROM visits_stays AS s
  GROUP BY 1
  UNION ALL
  SELECT
    CASE WHEN s.next_day < CAST(s.day AS DATE) + 7 THEN s.next_day ELSE CAST(s.day AS DATE) + 7 END AS day,
    -count(*) AS change
  FROM visits_stays AS s
  GROUP BY 1
),
-- visits: how many values come and go
visits_changes AS (
  SELECT
    e.day,
    sum(e.change) AS change
  FROM visits_events AS e
  GROUP BY 1
),
-- visits: visitors by day, rolling 7 days
visits_distinct_daily_rolling_7_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.change) AS BIGINT) AS visitors_rolling
  FROM visits_changes AS i
  JOIN rolling_7_days AS w ON i.day < w.window_end
  GROUP BY 1
),
-- visits: the days on which each value is seen
visits_seen_2 AS (
  SELECT
    i.entity,
    i.period_start AS day
  FROM visits_entities AS i
  WHERE i.entity IS NOT NULL
),
-- visits: until when each value is there
visits_stays_2 AS (
  SELECT
    s.day,
    lead(s.day) OVER (PARTITION BY s.entity ORDER BY s.day) AS next_day
  FROM visits_seen_2 AS s
),
-- visits: each value comes, and goes
visits_events_2 AS (
  SELECT
    s.day,
    count(*) AS change
  FROM visits_stays_2 AS s
  GROUP BY 1
  UNION ALL
  SELECT
    CASE WHEN s.next_day < CAST(s.day AS DATE) + 7 THEN s.next_day ELSE CAST(s.day AS DATE) + 7 END AS day,
    -count(*) AS change
  FROM visits_stays_2 AS s
  GROUP BY 1
),
-- visits: how many values come and go
visits_changes_2 AS (
  SELECT
    e.day,
    sum(e.change) AS change
  FROM visits_events_2 AS e
  GROUP BY 1
),
-- visits: visitors by day, rolling 1 week
visits_distinct_daily_rolling_1_week AS (
  SELECT
    w.period_start,
    CAST(sum(i.change) AS BIGINT) AS visitors_rolling_2
  FROM visits_changes_2 AS i
  JOIN rolling_7_days AS w ON i.day < w.window_end
  GROUP BY 1
),
-- visits: visitors by day
visits_distinct_daily AS (
  SELECT
    i.period_start,
    count(i.entity) AS visitors
  FROM visits_entities AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-03-05'
  GROUP BY 1
),
-- visits: every value
visits_rows AS (
  SELECT
    visits.day AS period_start,
    visits.pages AS median_pages_rolling
  FROM visits
  WHERE visits.day >= DATE '2026-02-23'
    AND visits.day < DATE '2026-03-05'
),
-- visits: median_pages by day, rolling 7 days
visits_spread_daily_rolling_7_days AS (
  SELECT
    w.period_start,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(i.median_pages_rolling AS DOUBLE PRECISION)) AS median_pages_rolling
  FROM visits_rows AS i
  JOIN rolling_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.pages_rolling, 0) AS pages_rolling,
    COALESCE(r4.visitors_rolling, 0) AS visitors_rolling,
    r7.median_pages_rolling,
    COALESCE(r2.pages_rolling_2, 0) AS pages_rolling_2,
    COALESCE(r5.visitors_rolling_2, 0) AS visitors_rolling_2,
    COALESCE(r3.pages, 0) AS pages,
    COALESCE(r6.visitors, 0) AS visitors
  FROM spine AS p
  LEFT JOIN visits_daily_rolling_7_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_rolling_1_week AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_daily AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_distinct_daily_rolling_7_days AS r4 ON r4.period_start = p.period_start
  LEFT JOIN visits_distinct_daily_rolling_1_week AS r5 ON r5.period_start = p.period_start
  LEFT JOIN visits_distinct_daily AS r6 ON r6.period_start = p.period_start
  LEFT JOIN visits_spread_daily_rolling_7_days AS r7 ON r7.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.pages_rolling AS pages_7d,
  c.visitors_rolling AS visitors_7d,
  c.median_pages_rolling AS median_7d,
  CAST(c.pages_rolling_2 AS DOUBLE PRECISION) / NULLIF(c.visitors_rolling_2, 0) AS per_visitor_7d,
  CAST(c.pages AS DOUBLE PRECISION) / NULLIF(c.visitors, 0) AS pages_per_visitor
FROM cells AS c
ORDER BY c.period_start;
