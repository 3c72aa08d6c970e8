WITH
-- sessions by day
sessions_atoms AS (
  SELECT
    sessions.day AS period_start,
    count(*) AS sessions
  FROM (
select n as session_id, n % 1000 as visitor, date '2026-01-01' + cast(n % 31 as integer) as day
from generate_series(0, 1499) as numbers(n)
  ) AS sessions
  WHERE sessions.day >= DATE '2026-01-01'
    AND sessions.day < DATE '2026-02-01'
  GROUP BY 1
),
-- sessions: sessions by month
sessions_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.sessions) AS BIGINT) AS sessions
  FROM sessions_atoms AS i
  GROUP BY 1
),
-- sessions: visitors by month
sessions_distinct_monthly AS (
  SELECT
    CAST(sessions.day AS DATE) - CAST(day(sessions.day) - 1 AS INTEGER) AS period_start,
    count(DISTINCT sessions.visitor) AS visitors
  FROM (
select n as session_id, n % 1000 as visitor, date '2026-01-01' + cast(n % 31 as integer) as day
from generate_series(0, 1499) as numbers(n)
  ) AS sessions
  WHERE sessions.day >= DATE '2026-01-01'
    AND sessions.day < DATE '2026-02-01'
  GROUP BY 1
),
-- conversions by day
conversions_atoms AS (
  SELECT
    conversions.day AS period_start,
    sum(conversions.number) FILTER (WHERE conversions.kind = 'lead') AS leads,
    sum(conversions.number) FILTER (WHERE conversions.kind = 'order') AS orders
  FROM conversions
  WHERE conversions.day >= DATE '2026-01-01'
    AND conversions.day < DATE '2026-02-01'
  GROUP BY 1
),
-- conversions: leads, orders by month
conversions_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.leads) AS leads,
    sum(i.orders) AS orders
  FROM conversions_atoms AS i
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
    COALESCE(r1.sessions, 0) AS sessions,
    COALESCE(r2.visitors, 0) AS visitors,
    COALESCE(r3.leads, 0) AS leads,
    COALESCE(r3.orders, 0) AS orders
  FROM spine AS p
  LEFT JOIN sessions_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN sessions_distinct_monthly AS r2 ON r2.period_start = p.period_start
  LEFT JOIN conversions_monthly AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sessions,
  c.visitors,
  CAST(c.leads AS DOUBLE) / NULLIF(c.visitors, 0) AS lead_conversion_rate,
  CAST(c.orders AS DOUBLE) / NULLIF(c.visitors, 0) AS ecommerce_conversion_rate,
  CAST(c.visitors AS DOUBLE) / NULLIF(c.leads, 0) AS visitors_per_lead
FROM cells AS c
ORDER BY c.period_start;
