WITH
-- leads by day
leads_atoms AS (
  SELECT
    leads.day AS period_start,
    sum(leads.leads) AS leads
  FROM leads
  WHERE leads.day >= DATE '2026-01-01'
    AND leads.day < DATE '2026-02-01'
  GROUP BY 1
),
-- leads: leads by month
leads_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.leads) AS leads
  FROM leads_atoms AS i
  GROUP BY 1
),
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    sum(visits.visitors) AS visitors
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-01'
  GROUP BY 1
),
-- visits: visitors by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.visitors) AS visitors
  FROM visits_atoms AS i
  GROUP BY 1
),
-- leads by day
leads_atoms_2 AS (
  SELECT
    leads.day AS period_start,
    leads.profile,
    sum(leads.leads) AS leads,
    count(*) AS leads_rows
  FROM leads
  WHERE leads.day >= DATE '2026-01-01'
    AND leads.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- leads: leads, leads_rows by month
leads_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.profile,
    sum(i.leads) AS leads,
    CAST(sum(i.leads_rows) AS BIGINT) AS leads_rows
  FROM leads_atoms_2 AS i
  GROUP BY 1, 2
),
-- visits by day
visits_atoms_2 AS (
  SELECT
    visits.day AS period_start,
    visits.profile,
    sum(visits.visitors) AS visitors,
    count(*) AS visits_rows
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- visits: visitors, visits_rows by month
visits_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.profile,
    sum(i.visitors) AS visitors,
    CAST(sum(i.visits_rows) AS BIGINT) AS visits_rows
  FROM visits_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.profile,
    r.leads,
    CAST(NULL AS BIGINT) AS visitors,
    r.leads_rows,
    CAST(NULL AS BIGINT) AS visits_rows
  FROM leads_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.profile,
    CAST(NULL AS BIGINT) AS leads,
    r.visitors,
    CAST(NULL AS BIGINT) AS leads_rows,
    r.visits_rows
  FROM visits_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.profile,
    COALESCE(max(k.leads), 0) AS leads,
    COALESCE(max(k.visitors), 0) AS visitors,
    COALESCE(max(k.leads_rows), 0) AS leads_rows,
    COALESCE(max(k.visits_rows), 0) AS visits_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each profile, those that take part
per_profile_result AS (
  SELECT
    c.period_start,
    CAST(sum(CAST(c.leads AS DOUBLE) / NULLIF(c.visitors, 0)) AS DOUBLE)
      / NULLIF(count(CAST(c.leads AS DOUBLE) / NULLIF(c.visitors, 0)), 0) AS per_profile
  FROM cells AS c
  WHERE (c.leads_rows > 0 OR c.visits_rows > 0) IS TRUE
    AND c.profile IS NOT NULL
  GROUP BY 1
),
-- leads by day
leads_atoms_3 AS (
  SELECT
    leads.day AS period_start,
    leads.profile,
    sum(leads.leads) AS leads,
    count(*) AS leads_rows
  FROM leads
  WHERE leads.day >= DATE '2026-01-01'
    AND leads.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- leads: leads, leads_rows by month
leads_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.profile,
    sum(i.leads) AS leads,
    CAST(sum(i.leads_rows) AS BIGINT) AS leads_rows
  FROM leads_atoms_3 AS i
  GROUP BY 1, 2
),
-- visits by day
visits_atoms_3 AS (
  SELECT
    visits.day AS period_start,
    visits.profile,
    sum(visits.visitors) AS visitors,
    count(*) AS visits_rows
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- visits: visitors, visits_rows by month
visits_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.profile,
    sum(i.visitors) AS visitors,
    CAST(sum(i.visits_rows) AS BIGINT) AS visits_rows
  FROM visits_atoms_3 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.profile,
    r.leads,
    CAST(NULL AS BIGINT) AS visitors,
    r.leads_rows,
    CAST(NULL AS BIGINT) AS visits_rows
  FROM leads_monthly_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.profile,
    CAST(NULL AS BIGINT) AS leads,
    r.visitors,
    CAST(NULL AS BIGINT) AS leads_rows,
    r.visits_rows
  FROM visits_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.profile,
    COALESCE(max(k.leads), 0) AS leads,
    COALESCE(max(k.visitors), 0) AS visitors,
    COALESCE(max(k.leads_rows), 0) AS leads_rows,
    COALESCE(max(k.visits_rows), 0) AS visits_rows
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each profile, those that take part
per_profile_2_result AS (
  SELECT
    c.period_start,
    stddev_samp(CAST(c.leads AS DOUBLE) / NULLIF(c.visitors, 0)) AS per_profile_2
  FROM cells_2 AS c
  WHERE (c.leads_rows > 0 OR c.visits_rows > 0) IS TRUE
    AND c.profile IS NOT NULL
  GROUP BY 1
),
-- leads by day
leads_atoms_4 AS (
  SELECT
    leads.day AS period_start,
    leads.profile,
    sum(leads.leads) AS leads,
    count(*) AS leads_rows
  FROM leads
  WHERE leads.day >= DATE '2026-01-01'
    AND leads.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- leads: leads, leads_rows by month
leads_monthly_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.profile,
    sum(i.leads) AS leads,
    CAST(sum(i.leads_rows) AS BIGINT) AS leads_rows
  FROM leads_atoms_4 AS i
  GROUP BY 1, 2
),
-- visits by day
visits_atoms_4 AS (
  SELECT
    visits.day AS period_start,
    visits.profile,
    sum(visits.visitors) AS visitors,
    count(*) AS visits_rows
  FROM visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- visits: visitors, visits_rows by month
visits_monthly_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.profile,
    sum(i.visitors) AS visitors,
    CAST(sum(i.visits_rows) AS BIGINT) AS visits_rows
  FROM visits_atoms_4 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.profile,
    r.leads,
    CAST(NULL AS BIGINT) AS visitors,
    r.leads_rows,
    CAST(NULL AS BIGINT) AS visits_rows
  FROM leads_monthly_4 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.profile,
    CAST(NULL AS BIGINT) AS leads,
    r.visitors,
    CAST(NULL AS BIGINT) AS leads_rows,
    r.visits_rows
  FROM visits_monthly_4 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.profile,
    COALESCE(max(k.leads), 0) AS leads,
    COALESCE(max(k.visitors), 0) AS visitors,
    COALESCE(max(k.leads_rows), 0) AS leads_rows,
    COALESCE(max(k.visits_rows), 0) AS visits_rows
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each profile, those that take part
per_profile_3_result AS (
  SELECT
    c.period_start,
    CAST(sum(CAST(c.leads AS DOUBLE) / NULLIF(c.visitors, 0)) AS DOUBLE)
      / NULLIF(count(CAST(c.leads AS DOUBLE) / NULLIF(c.visitors, 0)), 0) AS per_profile_3
  FROM cells_3 AS c
  WHERE (c.leads_rows > 0 OR c.visits_rows > 0) IS TRUE
    AND c.profile IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    COALESCE(r1.leads, 0) AS leads,
    COALESCE(r2.visitors, 0) AS visitors,
    r3.per_profile,
    r4.per_profile_2,
    r5.per_profile_3
  FROM spine AS p
  LEFT JOIN leads_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_monthly AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_profile_result AS r3 ON r3.period_start = p.period_start
  LEFT JOIN per_profile_2_result AS r4 ON r4.period_start = p.period_start
  LEFT JOIN per_profile_3_result AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.leads AS DOUBLE) / NULLIF(c.visitors, 0) AS lead_conversion_rate,
  c.per_profile AS mean_of_profiles,
  CAST(c.per_profile_2 AS DOUBLE) / NULLIF(c.per_profile_3, 0) AS icp_homogeneity
FROM cells_4 AS c
ORDER BY c.period_start;
