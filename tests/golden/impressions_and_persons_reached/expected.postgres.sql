WITH
-- ad_events by day
ad_events_atoms AS (
  SELECT
    ad_events.seen_on AS period_start,
    ad_events.campaign,
    ad_events.seen_on,
    count(*) AS impressions
  FROM ad_events
  WHERE ad_events.seen_on >= DATE '2026-01-01'
    AND ad_events.seen_on < DATE '2026-02-01'
  GROUP BY 1, 2, 1
),
-- ad_events: impressions by month
ad_events_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'campaign' AS slicing,
    i.campaign,
    CAST(NULL AS DATE) AS seen_on,
    CAST(sum(i.impressions) AS BIGINT) AS impressions
  FROM ad_events_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'seen_on' AS slicing,
    NULL AS campaign,
    i.seen_on,
    CAST(sum(i.impressions) AS BIGINT) AS impressions
  FROM ad_events_atoms AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS campaign,
    CAST(NULL AS DATE) AS seen_on,
    CAST(sum(i.impressions) AS BIGINT) AS impressions
  FROM ad_events_atoms AS i
  GROUP BY 1
),
-- ad_events: each counted value once a month
ad_events_entities AS (
  SELECT
    CAST(date_trunc('month', ad_events.seen_on) AS DATE) AS period_start,
    ad_events.campaign,
    ad_events.seen_on,
    ad_events.person AS entity
  FROM ad_events
  WHERE ad_events.seen_on >= DATE '2026-01-01'
    AND ad_events.seen_on < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- ad_events: reach by month
ad_events_distinct_monthly AS (
  SELECT
    i.period_start,
    'campaign' AS slicing,
    i.campaign,
    CAST(NULL AS DATE) AS seen_on,
    count(DISTINCT i.entity) AS reach
  FROM ad_events_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'seen_on' AS slicing,
    NULL AS campaign,
    i.seen_on,
    count(DISTINCT i.entity) AS reach
  FROM ad_events_entities AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS campaign,
    CAST(NULL AS DATE) AS seen_on,
    count(DISTINCT i.entity) AS reach
  FROM ad_events_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'campaign' AS slicing,
    i.campaign,
    CAST(NULL AS DATE) AS seen_on
  FROM ad_events_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'seen_on' AS slicing,
    NULL AS campaign,
    i.seen_on
  FROM ad_events_atoms AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS campaign,
    CAST(NULL AS DATE) AS seen_on
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.campaign,
    r.seen_on,
    r.impressions,
    CAST(NULL AS BIGINT) AS reach
  FROM ad_events_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.campaign,
    r.seen_on,
    CAST(NULL AS BIGINT) AS impressions,
    r.reach
  FROM ad_events_distinct_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.campaign,
    m.seen_on,
    CAST(NULL AS BIGINT) AS impressions,
    CAST(NULL AS BIGINT) AS reach
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.campaign,
    k.seen_on,
    COALESCE(max(k.impressions), 0) AS impressions,
    COALESCE(max(k.reach), 0) AS reach
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.campaign,
  c.seen_on,
  c.impressions,
  c.reach,
  CAST(c.impressions AS DOUBLE PRECISION) / NULLIF(c.reach, 0) AS exposure_frequency
FROM cells AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'campaign' THEN 1
    WHEN c.slicing = 'seen_on' THEN 2
  END,
  c.campaign NULLS LAST,
  c.seen_on NULLS LAST,
  c.period_start;
