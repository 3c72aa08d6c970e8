WITH
-- spend by day
spend_atoms AS (
  SELECT
    spend.day AS period_start,
    spend.campaign,
    sum(CAST(spend.cost AS NUMERIC(10, 2))) AS campaign_cost
  FROM spend
  WHERE spend.day >= DATE '2026-01-01'
    AND spend.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- spend: campaign_cost by month
spend_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'campaign' AS slicing,
    i.campaign,
    sum(i.campaign_cost) AS campaign_cost
  FROM spend_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS campaign,
    sum(i.campaign_cost) AS campaign_cost
  FROM spend_atoms AS i
  GROUP BY 1
),
-- ads by day
ads_atoms AS (
  SELECT
    ads.day AS period_start,
    ads.campaign,
    sum(ads.clicks) AS clicks
  FROM ads
  WHERE ads.day >= DATE '2026-01-01'
    AND ads.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- ads: clicks by month
ads_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'campaign' AS slicing,
    i.campaign,
    sum(i.clicks) AS clicks
  FROM ads_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS campaign,
    sum(i.clicks) AS clicks
  FROM ads_atoms AS i
  GROUP BY 1
),
-- forms by day
forms_atoms AS (
  SELECT
    forms.day AS period_start,
    forms.campaign,
    sum(forms.leads) AS leads
  FROM forms
  WHERE forms.day >= DATE '2026-01-01'
    AND forms.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- forms: leads by month
forms_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'campaign' AS slicing,
    i.campaign,
    sum(i.leads) AS leads
  FROM forms_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS campaign,
    sum(i.leads) AS leads
  FROM forms_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'campaign' AS slicing,
    i.campaign
  FROM spend_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'campaign' AS slicing,
    i.campaign
  FROM ads_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'campaign' AS slicing,
    i.campaign
  FROM forms_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS campaign
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.campaign,
    r.campaign_cost,
    CAST(NULL AS BIGINT) AS clicks,
    CAST(NULL AS BIGINT) AS leads
  FROM spend_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.campaign,
    CAST(NULL AS BIGINT) AS campaign_cost,
    r.clicks,
    CAST(NULL AS BIGINT) AS leads
  FROM ads_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.campaign,
    CAST(NULL AS BIGINT) AS campaign_cost,
    CAST(NULL AS BIGINT) AS clicks,
    r.leads
  FROM forms_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.campaign,
    CAST(NULL AS BIGINT) AS campaign_cost,
    CAST(NULL AS BIGINT) AS clicks,
    CAST(NULL AS BIGINT) AS leads
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.campaign,
    COALESCE(max(k.campaign_cost), 0) AS campaign_cost,
    COALESCE(max(k.clicks), 0) AS clicks,
    COALESCE(max(k.leads), 0) AS leads
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.campaign,
  c.campaign_cost,
  CAST(c.campaign_cost AS DOUBLE PRECISION) / NULLIF(c.clicks, 0) AS cpc,
  CAST(c.campaign_cost AS DOUBLE PRECISION) / NULLIF(c.leads, 0) AS cpl
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'campaign' THEN 1 END,
  c.campaign NULLS LAST,
  c.period_start;
