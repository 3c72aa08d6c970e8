WITH
-- days by day
days_atoms AS (
  SELECT
    days.day AS period_start,
    sum(days.ordered) AS ordered,
    sum(days.shipped) AS shipped
  FROM days
  WHERE days.day >= DATE '2026-03-01'
    AND days.day < DATE '2026-03-11'
  GROUP BY 1
),
-- days: ordered by month
days_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.ordered) AS ordered
  FROM days_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: settled 3 days
settled_3_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-08')
  ) AS q(period_start, window_start, window_end)
),
-- days: shipped by month, settled 3 days
days_monthly_settled_3_days AS (
  SELECT
    w.period_start,
    sum(i.shipped) AS shipped
  FROM days_atoms AS i
  JOIN settled_3_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: settled 1 day
settled_1_day AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-10')
  ) AS q(period_start, window_start, window_end)
),
-- days: ordered by month, settled 1 day
days_monthly_settled_1_day AS (
  SELECT
    w.period_start,
    sum(i.ordered) AS ordered_2
  FROM days_atoms AS i
  JOIN settled_1_day AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- days: shipped by month, settled 1 day settled 3 days
days_monthly_settled_1_day_settled_3_days AS (
  SELECT
    w.period_start,
    sum(i.shipped) AS shipped_2
  FROM days_atoms AS i
  JOIN settled_3_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- days: ordered by month, settled 3 days settled 1 day
days_monthly_settled_3_days_settled_1_day AS (
  SELECT
    w.period_start,
    sum(i.ordered) AS ordered_3
  FROM days_atoms AS i
  JOIN settled_3_days AS w
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
    COALESCE(r1.ordered, 0) AS ordered,
    COALESCE(r2.shipped, 0) AS shipped,
    COALESCE(r3.ordered_2, 0) AS ordered_2,
    COALESCE(r4.shipped_2, 0) AS shipped_2,
    COALESCE(r5.ordered_3, 0) AS ordered_3
  FROM spine AS p
  LEFT JOIN days_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN days_monthly_settled_3_days AS r2 ON r2.period_start = p.period_start
  LEFT JOIN days_monthly_settled_1_day AS r3 ON r3.period_start = p.period_start
  LEFT JOIN days_monthly_settled_1_day_settled_3_days AS r4 ON r4.period_start = p.period_start
  LEFT JOIN days_monthly_settled_3_days_settled_1_day AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.ordered,
  c.shipped AS shipped_after_three,
  c.ordered_2 AS ordered_after_one,
  c.ordered_2 - c.shipped_2 AS open_orders,
  c.ordered_3 + c.shipped AS "both"
FROM cells AS c
ORDER BY c.period_start;
