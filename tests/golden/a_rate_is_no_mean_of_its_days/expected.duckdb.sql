WITH
-- ads by day
ads_atoms AS (
  SELECT
    ads.day AS period_start,
    sum(ads.clicks) AS clicks,
    sum(ads.impressions) AS impressions
  FROM ads
  WHERE ads.day >= DATE '2026-01-01'
    AND ads.day < DATE '2026-02-01'
  GROUP BY 1
),
-- ads: clicks, impressions by month
ads_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.clicks) AS clicks,
    sum(i.impressions) AS impressions
  FROM ads_atoms AS i
  GROUP BY 1
),
-- pages by day
pages_atoms AS (
  SELECT
    pages.day AS period_start,
    sum(pages.downloads) AS downloads_where,
    sum(pages.views) AS views_where
  FROM pages
  WHERE pages.day >= DATE '2026-01-01'
    AND pages.day < DATE '2026-02-01'
    AND pages.page = 'guide'
  GROUP BY 1
),
-- pages: downloads, views by month
pages_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.downloads_where) AS downloads_where,
    sum(i.views_where) AS views_where
  FROM pages_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.clicks, 0) AS clicks,
    COALESCE(r1.impressions, 0) AS impressions,
    COALESCE(r2.downloads_where, 0) AS downloads_where,
    COALESCE(r2.views_where, 0) AS views_where
  FROM spine AS p
  LEFT JOIN ads_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN pages_monthly AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.clicks AS DOUBLE) / NULLIF(c.impressions, 0) AS ctr,
  CAST(c.downloads_where AS DOUBLE) / NULLIF(c.views_where, 0) AS content_conversion_rate
FROM cells AS c
ORDER BY c.period_start;
