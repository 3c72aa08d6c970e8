WITH
-- visits by month
visits_atoms AS (
  SELECT
    DATE '2026-01-01' AS period_start,
    visits.channel,
    (visits.channel = 'web') IS TRUE AS is_web,
    count(*) AS visits,
    sum(visits.pages) AS pages,
    count(visits.pages) AS mean_pages_count
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-01-31 23:00:00'
  GROUP BY 2, 3
  UNION ALL
  SELECT
    DATE '2026-02-01' AS period_start,
    visits.channel,
    (visits.channel = 'web') IS TRUE AS is_web,
    count(*) AS visits,
    sum(visits.pages) AS pages,
    count(visits.pages) AS mean_pages_count
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-01-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-02-28 23:00:00'
  GROUP BY 2, 3
  UNION ALL
  SELECT
    DATE '2026-03-01' AS period_start,
    visits.channel,
    (visits.channel = 'web') IS TRUE AS is_web,
    count(*) AS visits,
    sum(visits.pages) AS pages,
    count(visits.pages) AS mean_pages_count
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-02-28 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-31 22:00:00'
  GROUP BY 2, 3
  UNION ALL
  SELECT
    DATE '2026-04-01' AS period_start,
    visits.channel,
    (visits.channel = 'web') IS TRUE AS is_web,
    count(*) AS visits,
    sum(visits.pages) AS pages,
    count(visits.pages) AS mean_pages_count
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-03-31 22:00:00'
    AND visits.started_at < TIMESTAMP '2026-04-20 22:00:00'
  GROUP BY 2, 3
),
-- visits: visits, pages, mean_pages by month
visits_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    sum(i.pages) AS pages,
    CAST(sum(i.pages) AS DOUBLE) / NULLIF(sum(i.mean_pages_count), 0) AS mean_pages
  FROM visits_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    sum(i.pages) AS pages,
    CAST(sum(i.pages) AS DOUBLE) / NULLIF(sum(i.mean_pages_count), 0) AS mean_pages
  FROM visits_atoms AS i
  WHERE i.is_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    sum(i.pages) AS pages,
    CAST(sum(i.pages) AS DOUBLE) / NULLIF(sum(i.mean_pages_count), 0) AS mean_pages
  FROM visits_atoms AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    sum(i.pages) AS pages,
    CAST(sum(i.pages) AS DOUBLE) / NULLIF(sum(i.mean_pages_count), 0) AS mean_pages
  FROM visits_atoms AS i
  WHERE i.is_web
  GROUP BY 1
),
-- visits: every value
visits_rows AS (
  SELECT
    CAST(date_trunc('month', CASE
      WHEN visits.started_at < TIMESTAMP '2026-03-29 01:00:00' THEN visits.started_at + INTERVAL '1 hour'
      ELSE visits.started_at + INTERVAL '2 hours'
    END) AS DATE) AS period_start,
    visits.channel,
    (visits.channel = 'web') IS TRUE AS is_web,
    visits.pages AS middle
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-04-20 22:00:00'
),
-- visits: middle by month
visits_spread_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM visits_rows AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM visits_rows AS i
  WHERE i.is_web
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM visits_rows AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM visits_rows AS i
  WHERE i.is_web
  GROUP BY 1
),
-- visits: each counted value once a month
visits_entities AS (
  SELECT
    DATE '2026-01-01' AS period_start,
    visits.channel,
    visits.visitor_id AS entity,
    bit_or(
      CASE WHEN visits.channel = 'web' THEN 1 ELSE 0 END
        + CASE WHEN visits.pages > 2 THEN 2 ELSE 0 END
        + CASE WHEN visits.pages > 2 AND visits.channel = 'web' THEN 4 ELSE 0 END
    ) AS fulfils
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2025-12-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-01-31 23:00:00'
  GROUP BY 2, 3
  UNION ALL
  SELECT
    DATE '2026-02-01' AS period_start,
    visits.channel,
    visits.visitor_id AS entity,
    bit_or(
      CASE WHEN visits.channel = 'web' THEN 1 ELSE 0 END
        + CASE WHEN visits.pages > 2 THEN 2 ELSE 0 END
        + CASE WHEN visits.pages > 2 AND visits.channel = 'web' THEN 4 ELSE 0 END
    ) AS fulfils
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-01-31 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-02-28 23:00:00'
  GROUP BY 2, 3
  UNION ALL
  SELECT
    DATE '2026-03-01' AS period_start,
    visits.channel,
    visits.visitor_id AS entity,
    bit_or(
      CASE WHEN visits.channel = 'web' THEN 1 ELSE 0 END
        + CASE WHEN visits.pages > 2 THEN 2 ELSE 0 END
        + CASE WHEN visits.pages > 2 AND visits.channel = 'web' THEN 4 ELSE 0 END
    ) AS fulfils
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-02-28 23:00:00'
    AND visits.started_at < TIMESTAMP '2026-03-31 22:00:00'
  GROUP BY 2, 3
  UNION ALL
  SELECT
    DATE '2026-04-01' AS period_start,
    visits.channel,
    visits.visitor_id AS entity,
    bit_or(
      CASE WHEN visits.channel = 'web' THEN 1 ELSE 0 END
        + CASE WHEN visits.pages > 2 THEN 2 ELSE 0 END
        + CASE WHEN visits.pages > 2 AND visits.channel = 'web' THEN 4 ELSE 0 END
    ) AS fulfils
  FROM visits
  WHERE visits.started_at >= TIMESTAMP '2026-03-31 22:00:00'
    AND visits.started_at < TIMESTAMP '2026-04-20 22:00:00'
  GROUP BY 2, 3
),
-- visits: how many values fulfil which conditions together
visits_counts AS (
  SELECT
    i.period_start,
    i.channel,
    i.fulfils,
    count(i.entity) AS entities
  FROM visits_entities AS i
  GROUP BY 1, 2, 3
),
-- visits: visitors, read by month
visits_distinct_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    CAST(sum(i.entities) AS BIGINT) AS visitors,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS read
  FROM visits_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    'web' AS segment,
    i.channel,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS visitors,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 4 > 0) AS BIGINT) AS read
  FROM visits_counts AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS read
  FROM visits_entities AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    'web' AS segment,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS visitors,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 4 > 0) AS read
  FROM visits_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-05-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('web')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM visits_atoms AS i
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
    r.segment,
    r.channel,
    r.visits,
    r.pages,
    r.mean_pages,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS visitors,
    CAST(NULL AS BIGINT) AS read
  FROM visits_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS pages,
    CAST(NULL AS BIGINT) AS mean_pages,
    r.middle,
    CAST(NULL AS BIGINT) AS visitors,
    CAST(NULL AS BIGINT) AS read
  FROM visits_spread_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS pages,
    CAST(NULL AS BIGINT) AS mean_pages,
    CAST(NULL AS BIGINT) AS middle,
    r.visitors,
    r.read
  FROM visits_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    CAST(NULL AS BIGINT) AS visits,
    CAST(NULL AS BIGINT) AS pages,
    CAST(NULL AS BIGINT) AS mean_pages,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS visitors,
    CAST(NULL AS BIGINT) AS read
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
    CASE WHEN k.period_start < DATE '2026-05-01' THEN COALESCE(max(k.visits), 0) END AS visits,
    CASE WHEN k.period_start < DATE '2026-05-01' THEN COALESCE(max(k.pages), 0) END AS pages,
    CASE WHEN k.period_start < DATE '2026-05-01' THEN max(k.mean_pages) END AS mean_pages,
    CASE WHEN k.period_start < DATE '2026-05-01' THEN max(k.middle) END AS middle,
    CASE WHEN k.period_start < DATE '2026-05-01' THEN COALESCE(max(k.visitors), 0) END AS visitors,
    CASE WHEN k.period_start < DATE '2026-05-01' THEN COALESCE(max(k.read), 0) END AS read
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.visits,
  c.pages,
  c.mean_pages,
  c.middle,
  c.visitors,
  CAST(c.read AS DOUBLE) / NULLIF(c.visitors, 0) AS share
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'web' THEN 1 END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
