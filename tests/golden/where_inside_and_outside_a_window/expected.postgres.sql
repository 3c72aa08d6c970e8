WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.pages) FILTER (WHERE visits.channel = 'web') AS pages_where_rolling,
    sum(visits.pages) AS pages_rolling,
    sum(visits.pages) FILTER (WHERE (visits.channel = 'web') IS NOT TRUE) AS pages_where_rolling_2
  FROM visits
  WHERE visits.day >= DATE '2026-02-01'
    AND visits.day < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: rolling 28 days
rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- visits: pages by month, rolling 28 days
visits_monthly_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.pages_where_rolling) AS pages_where_rolling,
    sum(i.pages_rolling) AS pages_rolling,
    sum(i.pages_where_rolling_2) AS pages_where_rolling_2
  FROM visits_atoms AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- visits: each counted value once a month
visits_entities AS (
  SELECT
    CAST(date_trunc('month', visits.day) AS DATE) AS period_start,
    visits.visitor AS entity,
    bool_or(visits.channel = 'web') AS visitors_where_rolling_counts
  FROM visits
  WHERE visits.day >= DATE '2026-02-01'
    AND visits.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- visits: visitors by month, rolling 28 days
visits_distinct_monthly_rolling_28_days AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) FILTER (WHERE i.visitors_where_rolling_counts) AS visitors_where_rolling,
    count(DISTINCT i.entity) AS visitors_rolling
  FROM visits_entities AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.pages_where_rolling, 0) AS pages_where_rolling,
    COALESCE(r1.pages_rolling, 0) AS pages_rolling,
    COALESCE(r2.visitors_where_rolling, 0) AS visitors_where_rolling,
    COALESCE(r2.visitors_rolling, 0) AS visitors_rolling,
    COALESCE(r1.pages_where_rolling_2, 0) AS pages_where_rolling_2
  FROM spine AS p
  LEFT JOIN visits_monthly_rolling_28_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_distinct_monthly_rolling_28_days AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.pages_where_rolling AS inside,
  c.pages_where_rolling AS outside,
  c.pages_where_rolling AS by_segment,
  CAST(c.pages_where_rolling AS DOUBLE PRECISION) / NULLIF(c.pages_rolling, 0) AS share,
  c.visitors_where_rolling AS visitors_of_web,
  c.visitors_rolling AS visitors_of_all,
  c.pages_where_rolling_2 AS not_web
FROM cells AS c
ORDER BY c.period_start;
