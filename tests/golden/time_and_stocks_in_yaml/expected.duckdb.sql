WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS DECIMAL(10, 2))) AS revenue
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-26'
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-01-26')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous_2
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, rolling 2 months
orders_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_rolling
  FROM orders_atoms AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: revenue by month, year to date
orders_monthly_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_to_date
  FROM orders_atoms AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: settled 5 days
settled_5_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-02-21')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, settled 5 days
orders_monthly_settled_5_days AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_2
  FROM orders_atoms AS i
  JOIN settled_5_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the instant at which each period starts
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01')
  ) AS q(period_start, window_end)
),
-- subscriptions: subscribers by month
subscriptions_monthly AS (
  SELECT
    w.period_start,
    count(*) AS subscribers_at_start
  FROM subscriptions
  JOIN at_start AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-26')
  ) AS q(period_start, window_end)
),
-- subscriptions: subscribers by month
subscriptions_monthly_2 AS (
  SELECT
    w.period_start,
    count(*) AS subscribers
  FROM subscriptions
  JOIN at_end AS w
    ON subscriptions.started_on < w.window_end
    AND (subscriptions.ended_on IS NULL OR subscriptions.ended_on >= w.window_end)
  GROUP BY 1
),
-- subscriptions by day
subscriptions_atoms AS (
  SELECT
    subscriptions.ended_on AS period_start,
    count(*) AS ended
  FROM subscriptions
  WHERE subscriptions.ended_on >= DATE '2026-02-01'
    AND subscriptions.ended_on < DATE '2026-02-26'
  GROUP BY 1
),
-- subscriptions: ended by month
subscriptions_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r2.revenue_previous, 0) AS revenue_previous,
    COALESCE(r3.revenue_previous_2, 0) AS revenue_previous_2,
    COALESCE(r4.revenue_rolling, 0) AS revenue_rolling,
    COALESCE(r5.revenue_to_date, 0) AS revenue_to_date,
    COALESCE(r6.revenue_2, 0) AS revenue_2,
    COALESCE(r7.subscribers_at_start, 0) AS subscribers_at_start,
    COALESCE(r8.subscribers, 0) AS subscribers,
    COALESCE(r9.ended, 0) AS ended
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_monthly_rolling_2_months AS r4 ON r4.period_start = p.period_start
  LEFT JOIN orders_monthly_year_to_date AS r5 ON r5.period_start = p.period_start
  LEFT JOIN orders_monthly_settled_5_days AS r6 ON r6.period_start = p.period_start
  LEFT JOIN subscriptions_monthly AS r7 ON r7.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_2 AS r8 ON r8.period_start = p.period_start
  LEFT JOIN subscriptions_monthly_3 AS r9 ON r9.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  c.revenue_previous AS before,
  c.revenue_previous_2 AS before_whole,
  c.revenue_rolling AS two_months,
  c.revenue_to_date AS ytd,
  c.revenue_2 AS waiting,
  c.subscribers_at_start AS opening,
  c.subscribers AS closing,
  CAST(c.ended AS DOUBLE) / NULLIF(c.subscribers_at_start, 0) AS churn_rate
FROM cells AS c
ORDER BY c.period_start;
