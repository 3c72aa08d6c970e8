WITH
-- visits: each counted value once a month
visits_entities AS (
  SELECT
    CAST(visits.day AS DATE) - CAST(day(visits.day) - 1 AS INTEGER) AS period_start,
    visits.channel,
    visits.device,
    visits.visitor AS entity,
    bit_or(
      CASE WHEN visits.channel = 'web' THEN 1 ELSE 0 END
        + CASE WHEN (visits.device = 'tv') IS NOT TRUE THEN 2 ELSE 0 END
        + CASE WHEN visits.device = 'mobile' AND visits.channel = 'web' THEN 4 ELSE 0 END
        + CASE
          WHEN visits.device = 'mobile' AND (visits.device = 'tv') IS NOT TRUE THEN 8
          ELSE 0
        END
        + CASE WHEN visits.device = 'mobile' THEN 16 ELSE 0 END
    ) AS fulfils
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4
),
-- visits: visitors, mobile_visitors by month
visits_distinct_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    CAST(NULL AS VARCHAR) AS device,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 4 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'long' AS segment,
    i.channel,
    CAST(NULL AS VARCHAR) AS device,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 8 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    CAST(NULL AS VARCHAR) AS device,
    count(DISTINCT i.entity) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 16 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'device' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.device,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 4 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1, 5
  UNION ALL
  SELECT
    i.period_start,
    'device' AS slicing,
    'long' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.device,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 8 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1, 5
  UNION ALL
  SELECT
    i.period_start,
    'device' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.device,
    count(DISTINCT i.entity) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 16 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1, 5
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS VARCHAR) AS device,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 4 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'long' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS VARCHAR) AS device,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 8 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS VARCHAR) AS device,
    count(DISTINCT i.entity) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 16 > 0) AS mobile_visitors
  FROM visits_entities AS i
  GROUP BY 1
),
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    visits.channel,
    visits.device,
    (visits.channel = 'web') IS TRUE AS is_web,
    ((visits.device = 'tv') IS NOT TRUE) IS TRUE AS is_long,
    count(*) AS visits
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4, 5
),
-- visits: visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    CAST(NULL AS VARCHAR) AS device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.is_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'long' AS segment,
    i.channel,
    CAST(NULL AS VARCHAR) AS device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.is_long
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    CAST(NULL AS VARCHAR) AS device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.is_web
  GROUP BY 1, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    'long' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.is_long
  GROUP BY 1, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    i.device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS VARCHAR) AS device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.is_web
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'long' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS VARCHAR) AS device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.is_long
  GROUP BY 1
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS VARCHAR) AS device,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('web'),
      ('long'),
      ('all')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel,
    CAST(NULL AS VARCHAR) AS device
  FROM visits_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.device
  FROM visits_entities AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(NULL AS VARCHAR) AS device
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.device,
    r.visitors,
    r.mobile_visitors,
    CAST(NULL AS BIGINT) AS visits
  FROM visits_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.device,
    CAST(NULL AS BIGINT) AS visitors,
    CAST(NULL AS BIGINT) AS mobile_visitors,
    r.visits
  FROM visits_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    m.device,
    CAST(NULL AS BIGINT) AS visitors,
    CAST(NULL AS BIGINT) AS mobile_visitors,
    CAST(NULL AS BIGINT) AS visits
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.channel,
    k.device,
    COALESCE(max(k.visitors), 0) AS visitors,
    COALESCE(max(k.mobile_visitors), 0) AS mobile_visitors,
    COALESCE(max(k.visits), 0) AS visits
  FROM stack AS k
  GROUP BY 1, 2, 3, 4, 5
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.device,
  c.visitors,
  c.mobile_visitors,
  CAST(c.visits AS DOUBLE) / NULLIF(c.visitors, 0) AS visits_per_visitor
FROM cells AS c
ORDER BY
  CASE
    WHEN c.segment = 'web' THEN 0
    WHEN c.segment = 'long' THEN 1
    WHEN c.segment = 'all' THEN 2
  END,
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'channel' THEN 1
    WHEN c.slicing = 'device' THEN 2
  END,
  c.channel NULLS LAST,
  c.device NULLS LAST,
  c.period_start;
