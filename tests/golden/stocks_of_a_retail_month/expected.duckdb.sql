WITH
-- subscriptions: what comes and goes, by day
subscriptions_atoms AS (
  SELECT
    subscriptions.since_day AS period_start,
    count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE subscriptions.since_day < DATE '2023-04-02'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN subscriptions.until_day > subscriptions.since_day THEN subscriptions.until_day
      ELSE subscriptions.since_day
    END AS period_start,
    -count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE subscriptions.since_day < DATE '2023-04-02'
    AND subscriptions.until_day < DATE '2023-04-02'
  GROUP BY 1
),
-- the time that each period reads: at start
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-29', DATE '2023-01-01', DATE '2023-01-29'),
      (DATE '2023-02-26', DATE '2023-01-29', DATE '2023-02-26'),
      (DATE '2023-04-02', DATE '2023-02-26', DATE '2023-04-02')
  ) AS q(period_start, window_start, window_end)
),
-- subscriptions: what is there from one change to the next
subscriptions_states AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2023-04-30') AS until,
    COALESCE(
      sum(sum(i.subscribers_at_start)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers_at_start
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- subscriptions: subscribers by fiscal_month, at start
subscriptions_monthly_at_start AS (
  SELECT
    w.period_start,
    CAST(i.subscribers_at_start AS BIGINT) AS subscribers_at_start
  FROM subscriptions_states AS i
  JOIN at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- subscriptions by day
subscriptions_atoms_2 AS (
  SELECT
    subscriptions.since_day AS period_start,
    count(*) AS started
  FROM subscriptions
  WHERE subscriptions.since_day >= DATE '2023-01-29'
    AND subscriptions.since_day < DATE '2023-04-30'
  GROUP BY 1
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-29', DATE '2023-01-29', DATE '2023-02-26'),
      (DATE '2023-02-26', DATE '2023-02-26', DATE '2023-04-02'),
      (DATE '2023-04-02', DATE '2023-04-02', DATE '2023-04-30')
  ) AS q(period_start, window_start, window_end)
),
-- subscriptions: started by fiscal_month
subscriptions_monthly AS (
  SELECT
    w.period_start,
    CAST(sum(i.started) AS BIGINT) AS started
  FROM subscriptions_atoms_2 AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- subscriptions by day
subscriptions_atoms_3 AS (
  SELECT
    subscriptions.until_day AS period_start,
    count(*) AS ended
  FROM subscriptions
  WHERE subscriptions.until_day >= DATE '2023-01-29'
    AND subscriptions.until_day < DATE '2023-04-30'
  GROUP BY 1
),
-- subscriptions: ended by fiscal_month
subscriptions_monthly_2 AS (
  SELECT
    w.period_start,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms_3 AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- subscriptions: what comes and goes, by day
subscriptions_atoms_4 AS (
  SELECT
    subscriptions.since_day AS period_start,
    count(*) AS subscribers
  FROM subscriptions
  WHERE subscriptions.since_day < DATE '2023-04-30'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN subscriptions.until_day > subscriptions.since_day THEN subscriptions.until_day
      ELSE subscriptions.since_day
    END AS period_start,
    -count(*) AS subscribers
  FROM subscriptions
  WHERE subscriptions.since_day < DATE '2023-04-30'
    AND subscriptions.until_day < DATE '2023-04-30'
  GROUP BY 1
),
-- subscriptions: what is there from one change to the next
subscriptions_states_2 AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2023-04-30') AS until,
    COALESCE(
      sum(sum(i.subscribers)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers
  FROM subscriptions_atoms_4 AS i
  GROUP BY 1
),
-- subscriptions: subscribers by fiscal_month, at end
subscriptions_monthly_at_end AS (
  SELECT
    w.period_start,
    CAST(i.subscribers AS BIGINT) AS subscribers
  FROM subscriptions_states_2 AS i
  JOIN periods AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-29', DATE '2023-01-30', 28),
      (DATE '2023-01-29', DATE '2023-01-31', 28),
      (DATE '2023-01-29', DATE '2023-02-01', 28),
      (DATE '2023-01-29', DATE '2023-02-02', 28),
      (DATE '2023-01-29', DATE '2023-02-03', 28),
      (DATE '2023-01-29', DATE '2023-02-04', 28),
      (DATE '2023-01-29', DATE '2023-02-05', 28),
      (DATE '2023-01-29', DATE '2023-02-06', 28),
      (DATE '2023-01-29', DATE '2023-02-07', 28),
      (DATE '2023-01-29', DATE '2023-02-08', 28),
      (DATE '2023-01-29', DATE '2023-02-09', 28),
      (DATE '2023-01-29', DATE '2023-02-10', 28),
      (DATE '2023-01-29', DATE '2023-02-11', 28),
      (DATE '2023-01-29', DATE '2023-02-12', 28),
      (DATE '2023-01-29', DATE '2023-02-13', 28),
      (DATE '2023-01-29', DATE '2023-02-14', 28),
      (DATE '2023-01-29', DATE '2023-02-15', 28),
      (DATE '2023-01-29', DATE '2023-02-16', 28),
      (DATE '2023-01-29', DATE '2023-02-17', 28),
      (DATE '2023-01-29', DATE '2023-02-18', 28),
      (DATE '2023-01-29', DATE '2023-02-19', 28),
      (DATE '2023-01-29', DATE '2023-02-20', 28),
      (DATE '2023-01-29', DATE '2023-02-21', 28),
      (DATE '2023-01-29', DATE '2023-02-22', 28),
      (DATE '2023-01-29', DATE '2023-02-23', 28),
      (DATE '2023-01-29', DATE '2023-02-24', 28),
      (DATE '2023-01-29', DATE '2023-02-25', 28),
      (DATE '2023-01-29', DATE '2023-02-26', 28),
      (DATE '2023-02-26', DATE '2023-02-27', 35),
      (DATE '2023-02-26', DATE '2023-02-28', 35),
      (DATE '2023-02-26', DATE '2023-03-01', 35),
      (DATE '2023-02-26', DATE '2023-03-02', 35),
      (DATE '2023-02-26', DATE '2023-03-03', 35),
      (DATE '2023-02-26', DATE '2023-03-04', 35),
      (DATE '2023-02-26', DATE '2023-03-05', 35),
      (DATE '2023-02-26', DATE '2023-03-06', 35),
      (DATE '2023-02-26', DATE '2023-03-07', 35),
      (DATE '2023-02-26', DATE '2023-03-08', 35),
      (DATE '2023-02-26', DATE '2023-03-09', 35),
      (DATE '2023-02-26', DATE '2023-03-10', 35),
      (DATE '2023-02-26', DATE '2023-03-11', 35),
      (DATE '2023-02-26', DATE '2023-03-12', 35),
      (DATE '2023-02-26', DATE '2023-03-13', 35),
      (DATE '2023-02-26', DATE '2023-03-14', 35),
      (DATE '2023-02-26', DATE '2023-03-15', 35),
      (DATE '2023-02-26', DATE '2023-03-16', 35),
      (DATE '2023-02-26', DATE '2023-03-17', 35),
      (DATE '2023-02-26', DATE '2023-03-18', 35),
      (DATE '2023-02-26', DATE '2023-03-19', 35),
      (DATE '2023-02-26', DATE '2023-03-20', 35),
      (DATE '2023-02-26', DATE '2023-03-21', 35),
      (DATE '2023-02-26', DATE '2023-03-22', 35),
      (DATE '2023-02-26', DATE '2023-03-23', 35),
      (DATE '2023-02-26', DATE '2023-03-24', 35),
      (DATE '2023-02-26', DATE '2023-03-25', 35),
      (DATE '2023-02-26', DATE '2023-03-26', 35),
      (DATE '2023-02-26', DATE '2023-03-27', 35),
      (DATE '2023-02-26', DATE '2023-03-28', 35),
      (DATE '2023-02-26', DATE '2023-03-29', 35),
      (DATE '2023-02-26', DATE '2023-03-30', 35),
      (DATE '2023-02-26', DATE '2023-03-31', 35),
      (DATE '2023-02-26', DATE '2023-04-01', 35),
      (DATE '2023-02-26', DATE '2023-04-02', 35),
      (DATE '2023-04-02', DATE '2023-04-03', 28),
      (DATE '2023-04-02', DATE '2023-04-04', 28),
      (DATE '2023-04-02', DATE '2023-04-05', 28),
      (DATE '2023-04-02', DATE '2023-04-06', 28),
      (DATE '2023-04-02', DATE '2023-04-07', 28),
      (DATE '2023-04-02', DATE '2023-04-08', 28),
      (DATE '2023-04-02', DATE '2023-04-09', 28),
      (DATE '2023-04-02', DATE '2023-04-10', 28),
      (DATE '2023-04-02', DATE '2023-04-11', 28),
      (DATE '2023-04-02', DATE '2023-04-12', 28),
      (DATE '2023-04-02', DATE '2023-04-13', 28),
      (DATE '2023-04-02', DATE '2023-04-14', 28),
      (DATE '2023-04-02', DATE '2023-04-15', 28),
      (DATE '2023-04-02', DATE '2023-04-16', 28),
      (DATE '2023-04-02', DATE '2023-04-17', 28),
      (DATE '2023-04-02', DATE '2023-04-18', 28),
      (DATE '2023-04-02', DATE '2023-04-19', 28),
      (DATE '2023-04-02', DATE '2023-04-20', 28),
      (DATE '2023-04-02', DATE '2023-04-21', 28),
      (DATE '2023-04-02', DATE '2023-04-22', 28),
      (DATE '2023-04-02', DATE '2023-04-23', 28),
      (DATE '2023-04-02', DATE '2023-04-24', 28),
      (DATE '2023-04-02', DATE '2023-04-25', 28),
      (DATE '2023-04-02', DATE '2023-04-26', 28),
      (DATE '2023-04-02', DATE '2023-04-27', 28),
      (DATE '2023-04-02', DATE '2023-04-28', 28),
      (DATE '2023-04-02', DATE '2023-04-29', 28),
      (DATE '2023-04-02', DATE '2023-04-30', 28)
  ) AS q(period_start, window_end, days)
),
-- subscriptions by fiscal_month
subscriptions_atoms_5 AS (
  SELECT
    w.period_start,
    w.window_end AS day,
    w.days,
    count(*) AS subscribers_average
  FROM subscriptions
  JOIN average AS w
    ON subscriptions.since_day < w.window_end
    AND (subscriptions.until_day IS NULL OR subscriptions.until_day >= w.window_end)
  GROUP BY 1, 2, 3
),
-- subscriptions: subscribers by fiscal_month, average
subscriptions_monthly_average AS (
  SELECT
    i.period_start,
    CAST(sum(i.subscribers_average) AS DOUBLE) / NULLIF(max(i.days), 0) AS subscribers_average
  FROM subscriptions_atoms_5 AS i
  GROUP BY 1
),
-- subscriptions: what comes and goes, by day
subscriptions_atoms_6 AS (
  SELECT
    subscriptions.since_day AS period_start,
    count(*) AS subscribers_previous
  FROM subscriptions
  WHERE subscriptions.since_day < DATE '2023-04-02'
  GROUP BY 1
  UNION ALL
  SELECT
    CASE
      WHEN subscriptions.until_day > subscriptions.since_day THEN subscriptions.until_day
      ELSE subscriptions.since_day
    END AS period_start,
    -count(*) AS subscribers_previous
  FROM subscriptions
  WHERE subscriptions.since_day < DATE '2023-04-02'
    AND subscriptions.until_day < DATE '2023-04-02'
  GROUP BY 1
),
-- subscriptions: what is there from one change to the next
subscriptions_states_3 AS (
  SELECT
    i.period_start AS since,
    COALESCE(lead(i.period_start) OVER (ORDER BY i.period_start), DATE '2023-04-30') AS until,
    COALESCE(
      sum(sum(i.subscribers_previous)) OVER (
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers_previous
  FROM subscriptions_atoms_6 AS i
  GROUP BY 1
),
-- subscriptions: subscribers by fiscal_month, previous at end
subscriptions_monthly_previous_at_end AS (
  SELECT
    w.period_start,
    CAST(i.subscribers_previous AS BIGINT) AS subscribers_previous
  FROM subscriptions_states_3 AS i
  JOIN at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- levels: the snapshot that stands for each instant
levels_snapshots AS (
  SELECT
    w.period_start,
    max(levels.day) AS taken
  FROM levels
  JOIN periods AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1
),
-- levels: on_hand by fiscal_month
levels_monthly AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand
  FROM levels
  JOIN levels_snapshots AS d ON levels.day = d.taken
  GROUP BY 1
),
-- the instant at which each period ends
previous_3_months_at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-29', DATE '2022-10-30', DATE '2022-11-27'),
      (DATE '2023-02-26', DATE '2022-11-27', DATE '2023-01-01'),
      (DATE '2023-04-02', DATE '2023-01-01', DATE '2023-01-29')
  ) AS q(period_start, window_start, window_end)
),
-- levels: the snapshot that stands for each instant
levels_snapshots_2 AS (
  SELECT
    w.period_start,
    max(levels.day) AS taken
  FROM levels
  JOIN previous_3_months_at_end AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1
),
-- levels: on_hand by fiscal_month
levels_monthly_2 AS (
  SELECT
    d.period_start,
    sum(levels.qty) AS on_hand_previous
  FROM levels
  JOIN levels_snapshots_2 AS d ON levels.day = d.taken
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-29'),
      (DATE '2023-02-26'),
      (DATE '2023-04-02')
  ) AS q(period_start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.subscribers_at_start, 0) AS subscribers_at_start,
    COALESCE(r2.started, 0) AS started,
    COALESCE(r3.ended, 0) AS ended,
    COALESCE(r4.subscribers, 0) AS subscribers,
    COALESCE(r5.subscribers_average, 0) AS subscribers_average,
    COALESCE(r6.subscribers_previous, 0) AS subscribers_previous,
    COALESCE(r7.on_hand, CASE WHEN d1.period_start IS NOT NULL THEN 0 END) AS on_hand,
    COALESCE(r8.on_hand_previous, CASE WHEN d2.period_start IS NOT NULL THEN 0 END) AS on_hand_previous
  FROM spine AS p
  LEFT JOIN subscriptions_monthly_at_start AS r1 ON r1.period_start = p.period_start
  LEFT JOIN subscriptions_monthly AS r2 ON r2.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_2 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_at_end AS r4 ON r4.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_average AS r5 ON r5.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_previous_at_end AS r6 ON r6.period_start = p.period_start
  LEFT JOIN levels_monthly AS r7 ON r7.period_start = p.period_start
  LEFT JOIN levels_monthly_2 AS r8 ON r8.period_start = p.period_start
  LEFT JOIN levels_snapshots AS d1 ON d1.period_start = p.period_start
  LEFT JOIN levels_snapshots_2 AS d2 ON d2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.subscribers_at_start AS opening,
  c.started,
  c.ended,
  c.subscribers AS closing,
  c.subscribers_average AS mean,
  c.subscribers_previous AS opening_before,
  c.on_hand AS stored,
  c.on_hand_previous AS stored_a_quarter_before
FROM cells AS c
ORDER BY c.period_start;
