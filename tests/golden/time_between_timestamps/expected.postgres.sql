WITH
-- tickets by day
tickets_atoms AS (
  SELECT
    CAST(tickets.opened_at AS DATE) AS period_start,
    tickets.team,
    sum(
      CAST(EXTRACT(epoch FROM tickets.closed_at) - EXTRACT(epoch FROM tickets.opened_at) AS DOUBLE PRECISION)
    ) AS time_to_close_sum,
    count(
      CAST(EXTRACT(epoch FROM tickets.closed_at) - EXTRACT(epoch FROM tickets.opened_at) AS DOUBLE PRECISION)
    ) AS time_to_close_count,
    count(*) FILTER (
      WHERE CAST(EXTRACT(epoch FROM tickets.closed_at) - EXTRACT(epoch FROM tickets.opened_at) AS DOUBLE PRECISION)
        > 7200
    ) AS slow,
    max(
      CAST(EXTRACT(epoch FROM tickets.closed_at) - EXTRACT(epoch FROM tickets.opened_at) AS DOUBLE PRECISION)
    ) AS longest,
    count(*) FILTER (WHERE tickets.closed_at IS NOT NULL) AS closed
  FROM tickets
  WHERE tickets.opened_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND tickets.opened_at < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- tickets: time_to_close, slow, longest, closed by month
tickets_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'team' AS slicing,
    i.team,
    CAST(sum(i.time_to_close_sum) AS DOUBLE PRECISION) / NULLIF(sum(i.time_to_close_count), 0) AS time_to_close,
    CAST(sum(i.slow) AS BIGINT) AS slow,
    max(i.longest) AS longest,
    CAST(sum(i.closed) AS BIGINT) AS closed
  FROM tickets_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS team,
    CAST(sum(i.time_to_close_sum) AS DOUBLE PRECISION) / NULLIF(sum(i.time_to_close_count), 0) AS time_to_close,
    CAST(sum(i.slow) AS BIGINT) AS slow,
    max(i.longest) AS longest,
    CAST(sum(i.closed) AS BIGINT) AS closed
  FROM tickets_atoms AS i
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
    'team' AS slicing,
    i.team
  FROM tickets_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS team
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.team,
    r.time_to_close,
    r.slow,
    r.longest,
    r.closed
  FROM tickets_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.team,
    CAST(NULL AS DOUBLE PRECISION) AS time_to_close,
    CAST(NULL AS BIGINT) AS slow,
    CAST(NULL AS DOUBLE PRECISION) AS longest,
    CAST(NULL AS BIGINT) AS closed
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.team,
    max(k.time_to_close) AS time_to_close,
    COALESCE(max(k.slow), 0) AS slow,
    max(k.longest) AS longest,
    COALESCE(max(k.closed), 0) AS closed
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.team,
  c.time_to_close,
  c.slow,
  c.longest,
  c.closed
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'team' THEN 1 END,
  c.team NULLS LAST,
  c.period_start;
