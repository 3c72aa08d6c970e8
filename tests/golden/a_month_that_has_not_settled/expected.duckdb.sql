WITH
-- days by day
days_atoms AS (
  SELECT
    days.day AS period_start,
    sum(days.sent) AS sent
  FROM days
  WHERE days.day >= DATE '2026-02-01'
    AND days.day < DATE '2026-04-01'
  GROUP BY 1
),
-- days: sent by month
days_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.sent) AS sent
  FROM days_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- days: sent by month, previous
days_monthly_previous AS (
  SELECT
    w.period_start,
    sum(i.sent) AS sent_previous
  FROM days_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: settled 5 days
settled_5_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-27')
  ) AS q(period_start, window_start, window_end)
),
-- days: sent by month, settled 5 days
days_monthly_settled_5_days AS (
  SELECT
    w.period_start,
    sum(i.sent) AS sent_2
  FROM days_atoms AS i
  JOIN settled_5_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous settled 5 days
previous_settled_5_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-02-27')
  ) AS q(period_start, window_start, window_end)
),
-- days: sent by month, previous settled 5 days
days_monthly_previous_settled_5_days AS (
  SELECT
    w.period_start,
    sum(i.sent) AS sent_previous_2
  FROM days_atoms AS i
  JOIN previous_settled_5_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sent, 0) AS sent,
    COALESCE(r2.sent_previous, 0) AS sent_previous,
    COALESCE(r3.sent_2, 0) AS sent_2,
    COALESCE(r4.sent_previous_2, 0) AS sent_previous_2
  FROM spine AS p
  LEFT JOIN days_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN days_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN days_monthly_settled_5_days AS r3 ON r3.period_start = p.period_start
  LEFT JOIN days_monthly_previous_settled_5_days AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sent,
  c.sent_previous AS before,
  c.sent_2 AS settled_sent,
  c.sent_previous_2 AS settled_before
FROM cells AS c
ORDER BY c.period_start;
