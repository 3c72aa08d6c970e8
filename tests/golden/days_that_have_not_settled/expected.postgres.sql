WITH
-- days by day
days_atoms AS (
  SELECT
    days.day AS period_start,
    sum(days.sent) AS sent
  FROM days
  WHERE days.day >= DATE '2026-03-01'
    AND days.day < DATE '2026-03-11'
  GROUP BY 1
),
-- days: sent by day
days_daily AS (
  SELECT
    i.period_start,
    sum(i.sent) AS sent
  FROM days_atoms AS i
  WHERE i.period_start >= DATE '2026-03-06'
    AND i.period_start < DATE '2026-03-11'
  GROUP BY 1
),
-- days: sent by day, settled 3 days
days_daily_settled_3_days AS (
  SELECT
    i.period_start,
    sum(i.sent) AS sent_2
  FROM days_atoms AS i
  WHERE i.period_start >= DATE '2026-03-06'
    AND i.period_start < DATE '2026-03-11'
  GROUP BY 1
),
-- the time that each period reads: previous settled 3 days
previous_settled_3_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-06', DATE '2026-03-05', DATE '2026-03-06'),
      (DATE '2026-03-07', DATE '2026-03-06', DATE '2026-03-07')
  ) AS q(period_start, window_start, window_end)
),
-- days: sent by day, previous settled 3 days
days_daily_previous_settled_3_days AS (
  SELECT
    w.period_start,
    sum(i.sent) AS sent_previous
  FROM days_atoms AS i
  JOIN previous_settled_3_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: month to date settled 3 days
month_to_date_settled_3_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-06', DATE '2026-03-01', DATE '2026-03-07'),
      (DATE '2026-03-07', DATE '2026-03-01', DATE '2026-03-08')
  ) AS q(period_start, window_start, window_end)
),
-- days: sent by day, month to date settled 3 days
days_daily_month_to_date_settled_3_days AS (
  SELECT
    w.period_start,
    sum(i.sent) AS sent_to_date
  FROM days_atoms AS i
  JOIN month_to_date_settled_3_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-06', TIMESTAMP '2026-03-10', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.sent, 0) AS sent,
    CASE WHEN p.period_start < DATE '2026-03-08' THEN COALESCE(r2.sent_2, 0) END AS sent_2,
    CASE WHEN p.period_start < DATE '2026-03-08' THEN COALESCE(r3.sent_previous, 0) END AS sent_previous,
    CASE WHEN p.period_start < DATE '2026-03-08' THEN COALESCE(r4.sent_to_date, 0) END AS sent_to_date
  FROM spine AS p
  LEFT JOIN days_daily AS r1 ON r1.period_start = p.period_start
  LEFT JOIN days_daily_settled_3_days AS r2 ON r2.period_start = p.period_start
  LEFT JOIN days_daily_previous_settled_3_days AS r3 ON r3.period_start = p.period_start
  LEFT JOIN days_daily_month_to_date_settled_3_days AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.sent,
  c.sent_2 AS settled_sent,
  c.sent_previous AS settled_before,
  c.sent_to_date AS settled_mtd
FROM cells AS c
ORDER BY c.period_start;
