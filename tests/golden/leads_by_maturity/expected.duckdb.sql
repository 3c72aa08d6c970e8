WITH
-- the time that each period reads: cumulative
cumulative AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- events by day
events_atoms AS (
  SELECT
    events.day AS period_start,
    events.lead_id AS lead,
    sum(events.points) AS points_cumulative
  FROM events
  WHERE events.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- events: points by month, cumulative
events_monthly_cumulative AS (
  SELECT
    w.period_start,
    i.lead,
    sum(i.points_cumulative) AS points_cumulative
  FROM events_atoms AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.lead,
    r.points_cumulative
  FROM events_monthly_cumulative AS r
  WHERE r.lead IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS lead,
    CAST(NULL AS BIGINT) AS points_cumulative
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.lead,
    COALESCE(max(k.points_cumulative), 0) AS points_cumulative
  FROM stack AS k
  GROUP BY 1, 2
),
-- maturity: the band of each lead, and of those without a row
maturity_bands AS (
  SELECT
    c.period_start,
    c.lead,
    CASE
      WHEN (c.points_cumulative < 20) IS TRUE THEN 'cold'
      WHEN (c.points_cumulative < 50) IS TRUE THEN 'warm'
      ELSE 'hot'
    END AS maturity
  FROM cells AS c
),
-- maturity: the band of those without a row
maturity_without_rows AS (
  SELECT
    b.period_start,
    max(b.maturity) AS maturity
  FROM maturity_bands AS b
  WHERE b.lead IS NULL
  GROUP BY 1
),
-- events by month
events_atoms_2 AS (
  SELECT
    w.period_start,
    CASE
      WHEN events.lead_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.maturity
      ELSE n.maturity
    END AS maturity,
    events.channel,
    events.lead_id AS lead,
    sum(events.points) AS points_cumulative,
    count(*) AS events_rows_cumulative
  FROM events
  JOIN cumulative AS w ON events.day < w.window_end
  LEFT JOIN maturity_bands AS b
    ON b.period_start = w.period_start
    AND b.lead = events.lead_id
  LEFT JOIN maturity_without_rows AS n ON n.period_start = w.period_start
  WHERE events.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4
),
-- events: points, events_rows by month, cumulative
events_monthly_cumulative_2 AS (
  SELECT
    i.period_start,
    'maturity,channel' AS slicing,
    i.maturity,
    i.channel,
    i.lead,
    sum(i.points_cumulative) AS points_cumulative,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_2 AS i
  GROUP BY 1, 3, 4, 5
  UNION ALL
  SELECT
    i.period_start,
    'maturity' AS slicing,
    i.maturity,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    sum(i.points_cumulative) AS points_cumulative,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_2 AS i
  GROUP BY 1, 3, 5
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS maturity,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    sum(i.points_cumulative) AS points_cumulative,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_2 AS i
  GROUP BY 1, 5
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.maturity,
    r.channel,
    r.lead,
    r.points_cumulative,
    r.events_rows_cumulative
  FROM events_monthly_cumulative_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.maturity,
    k.channel,
    k.lead,
    COALESCE(max(k.points_cumulative), 0) AS points_cumulative,
    COALESCE(max(k.events_rows_cumulative), 0) AS events_rows_cumulative
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each lead, those that take part
per_lead_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.maturity,
    c.channel,
    count(*) AS per_lead
  FROM cells_2 AS c
  WHERE (c.events_rows_cumulative > 0) IS TRUE
    AND c.lead IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- events by month
events_atoms_3 AS (
  SELECT
    w.period_start,
    CASE
      WHEN events.lead_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.maturity
      ELSE n.maturity
    END AS maturity,
    events.channel,
    events.lead_id AS lead,
    sum(events.points) AS points_cumulative,
    count(*) AS events_rows_cumulative
  FROM events
  JOIN cumulative AS w ON events.day < w.window_end
  LEFT JOIN maturity_bands AS b
    ON b.period_start = w.period_start
    AND b.lead = events.lead_id
  LEFT JOIN maturity_without_rows AS n ON n.period_start = w.period_start
  WHERE events.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4
),
-- events: points, events_rows by month, cumulative
events_monthly_cumulative_3 AS (
  SELECT
    i.period_start,
    'maturity,channel' AS slicing,
    i.maturity,
    i.channel,
    i.lead,
    sum(i.points_cumulative) AS points_cumulative,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_3 AS i
  GROUP BY 1, 3, 4, 5
  UNION ALL
  SELECT
    i.period_start,
    'maturity' AS slicing,
    i.maturity,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    sum(i.points_cumulative) AS points_cumulative,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_3 AS i
  GROUP BY 1, 3, 5
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS maturity,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    sum(i.points_cumulative) AS points_cumulative,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_3 AS i
  GROUP BY 1, 5
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.maturity,
    r.channel,
    r.lead,
    r.points_cumulative,
    r.events_rows_cumulative
  FROM events_monthly_cumulative_3 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.maturity,
    k.channel,
    k.lead,
    COALESCE(max(k.points_cumulative), 0) AS points_cumulative,
    COALESCE(max(k.events_rows_cumulative), 0) AS events_rows_cumulative
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each lead, those that take part
per_lead_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.maturity,
    c.channel,
    count(*) AS per_lead_2
  FROM cells_3 AS c
  WHERE (c.events_rows_cumulative > 0) IS TRUE
    AND c.lead IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- events by month
events_atoms_4 AS (
  SELECT
    w.period_start,
    CASE
      WHEN events.lead_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.maturity
      ELSE n.maturity
    END AS maturity,
    events.channel,
    events.lead_id AS lead,
    sum(events.points) AS points_cumulative_total,
    count(*) AS events_rows_cumulative_total
  FROM events
  JOIN cumulative AS w ON events.day < w.window_end
  LEFT JOIN maturity_bands AS b
    ON b.period_start = w.period_start
    AND b.lead = events.lead_id
  LEFT JOIN maturity_without_rows AS n ON n.period_start = w.period_start
  WHERE events.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4
),
-- events: points, events_rows by month, cumulative
events_monthly_cumulative_4 AS (
  SELECT
    i.period_start,
    'maturity,channel' AS slicing,
    CAST(NULL AS VARCHAR) AS maturity,
    i.channel,
    i.lead,
    sum(i.points_cumulative_total) AS points_cumulative_total,
    CAST(sum(i.events_rows_cumulative_total) AS BIGINT) AS events_rows_cumulative_total
  FROM events_atoms_4 AS i
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS maturity,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    sum(i.points_cumulative_total) AS points_cumulative_total,
    CAST(sum(i.events_rows_cumulative_total) AS BIGINT) AS events_rows_cumulative_total
  FROM events_atoms_4 AS i
  GROUP BY 1, 5
  UNION ALL
  SELECT
    i.period_start,
    'maturity' AS slicing,
    CAST(NULL AS VARCHAR) AS maturity,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    sum(i.points_cumulative_total) AS points_cumulative_total,
    CAST(sum(i.events_rows_cumulative_total) AS BIGINT) AS events_rows_cumulative_total
  FROM events_atoms_4 AS i
  GROUP BY 1, 5
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.maturity,
    r.channel,
    r.lead,
    r.points_cumulative_total,
    r.events_rows_cumulative_total
  FROM events_monthly_cumulative_4 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.maturity,
    k.channel,
    k.lead,
    COALESCE(max(k.points_cumulative_total), 0) AS points_cumulative_total,
    COALESCE(max(k.events_rows_cumulative_total), 0) AS events_rows_cumulative_total
  FROM stack_4 AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each lead, those that take part
per_lead_total_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.maturity,
    c.channel,
    count(*) AS per_lead_total
  FROM cells_4 AS c
  WHERE (c.events_rows_cumulative_total > 0) IS TRUE
    AND c.lead IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- the members that occur
members AS (
  SELECT
    'maturity,channel' AS slicing,
    i.maturity,
    i.channel
  FROM events_atoms_2 AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'maturity,channel' AS slicing,
    i.maturity,
    i.channel
  FROM events_atoms_3 AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'maturity,channel' AS slicing,
    i.maturity,
    i.channel
  FROM events_atoms_4 AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'maturity' AS slicing,
    i.maturity,
    CAST(NULL AS VARCHAR) AS channel
  FROM events_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'maturity' AS slicing,
    i.maturity,
    CAST(NULL AS VARCHAR) AS channel
  FROM events_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'maturity' AS slicing,
    i.maturity,
    CAST(NULL AS VARCHAR) AS channel
  FROM events_atoms_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS maturity,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack_5 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.maturity,
    r.channel,
    r.per_lead,
    CAST(NULL AS BIGINT) AS per_lead_2
  FROM per_lead_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.maturity,
    r.channel,
    CAST(NULL AS BIGINT) AS per_lead,
    r.per_lead_2
  FROM per_lead_2_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.maturity,
    m.channel,
    CAST(NULL AS BIGINT) AS per_lead,
    CAST(NULL AS BIGINT) AS per_lead_2
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.maturity,
    k.channel,
    max(k.per_lead) AS per_lead,
    max(k.per_lead_2) AS per_lead_2
  FROM stack_5 AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells_5 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.maturity,
    m.channel,
    COALESCE(m.per_lead, 0) AS per_lead,
    COALESCE(m.per_lead_2, 0) AS per_lead_2,
    COALESCE(t1.per_lead_total, 0) AS per_lead_total
  FROM merged AS m
  LEFT JOIN per_lead_total_result AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.channel IS NOT DISTINCT FROM m.channel
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.maturity,
  c.channel,
  c.per_lead AS leads,
  CAST(c.per_lead_2 AS DOUBLE) / NULLIF(c.per_lead_total, 0) AS share
FROM cells_5 AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'maturity' THEN 1
    WHEN c.slicing = 'maturity,channel' THEN 2
  END,
  c.maturity NULLS LAST,
  c.channel NULLS LAST,
  c.period_start;
