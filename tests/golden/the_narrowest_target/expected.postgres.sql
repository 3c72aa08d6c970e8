WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    visits.channel,
    visits.device,
    (visits.device = 'phone') IS TRUE AS is_phones,
    sum(visits.pages) AS pages,
    count(*) AS visits
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-03-01'
    AND visits.channel = 'web'
  GROUP BY 1, 2, 3, 4
),
-- visits: pages, visits by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,device' AS slicing,
    'all' AS segment,
    i.channel,
    i.device,
    sum(i.pages) AS pages,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel,device' AS slicing,
    'phones' AS segment,
    i.channel,
    i.device,
    sum(i.pages) AS pages,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.is_phones
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'all' AS segment,
    i.channel,
    NULL AS device,
    sum(i.pages) AS pages,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    'phones' AS segment,
    i.channel,
    NULL AS device,
    sum(i.pages) AS pages,
    CAST(sum(i.visits) AS BIGINT) AS visits
  FROM visits_atoms AS i
  WHERE i.is_phones
  GROUP BY 1, 4
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
      ('all'),
      ('phones')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'channel,device' AS slicing,
    i.channel,
    i.device
  FROM visits_atoms AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel,
    NULL AS device
  FROM visits_atoms AS i
  GROUP BY 2
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.channel,
    r.device,
    r.pages,
    r.visits
  FROM visits_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.channel,
    m.device,
    CAST(NULL AS BIGINT) AS pages,
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
    COALESCE(max(k.pages), 0) AS pages,
    COALESCE(max(k.visits), 0) AS visits
  FROM stack AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CAST(c.pages AS DOUBLE PRECISION) / NULLIF(c.visits, 0) AS depth,
    CASE
      WHEN (
          c.slicing = 'channel,device' AND c.segment = 'all'
          OR c.slicing = 'channel,device' AND c.segment = 'phones'
        )
        AND c.device = 'phone' THEN 7
      WHEN (
          c.slicing = 'channel,device' AND c.segment = 'all'
          OR c.slicing = 'channel,device' AND c.segment = 'phones'
        )
        AND c.device = 'phone' THEN 4
      WHEN c.slicing = 'channel,device' AND c.segment = 'all'
        OR c.slicing = 'channel,device' AND c.segment = 'phones' THEN 2
      WHEN (
          c.slicing = 'channel,device' AND c.segment = 'all'
          OR c.slicing = 'channel,device' AND c.segment = 'phones'
        )
        AND c.period_start >= DATE '2026-02-01' THEN 5
      WHEN c.slicing = 'channel,device' AND c.segment = 'all'
        OR c.slicing = 'channel,device' AND c.segment = 'phones' THEN 3
      WHEN c.slicing = 'channel' AND c.segment = 'all'
        OR c.slicing = 'channel' AND c.segment = 'phones' THEN 2
      WHEN (
          c.slicing = 'channel' AND c.segment = 'all'
          OR c.slicing = 'channel' AND c.segment = 'phones'
        )
        AND c.period_start >= DATE '2026-02-01' THEN 5
      WHEN c.slicing = 'channel' AND c.segment = 'all'
        OR c.slicing = 'channel' AND c.segment = 'phones' THEN 3
    END AS depth_target,
    CASE
      WHEN c.slicing = 'channel,device' AND c.segment = 'all' AND c.device = 'phone' THEN 1
      WHEN c.slicing = 'channel' AND c.segment = 'all' THEN 2
    END AS visits_target
  FROM cells AS c
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.channel,
  c.device,
  c.depth,
  c.depth_target,
  1 + CAST(c.depth - c.depth_target AS DOUBLE PRECISION) / NULLIF(abs(c.depth_target), 0) AS depth_attainment,
  1 + CAST(c.depth - c.depth_target AS DOUBLE PRECISION) / NULLIF(abs(c.depth_target), 0) AS depth_pacing,
  CASE
    WHEN c.depth IS NULL THEN 'no_data'
    WHEN c.depth_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.depth AS NUMERIC), 9) < round(CAST(c.depth_target AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS depth_status,
  c.depth AS depth_projected,
  c.visits,
  c.visits_target,
  1 + CAST(c.visits - c.visits_target AS DOUBLE PRECISION) / NULLIF(abs(c.visits_target), 0) AS visits_attainment,
  1 + CAST(c.visits - c.visits_target AS DOUBLE PRECISION) / NULLIF(abs(c.visits_target), 0) AS visits_pacing,
  CASE
    WHEN c.visits IS NULL THEN 'no_data'
    WHEN c.visits_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.visits AS NUMERIC), 9) < round(CAST(c.visits_target AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS visits_status,
  c.visits AS visits_projected
FROM formulas AS c
ORDER BY
  CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'phones' THEN 1 END,
  CASE WHEN c.slicing = 'channel,device' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.device NULLS LAST,
  c.period_start;
