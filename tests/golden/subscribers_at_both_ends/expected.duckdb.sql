WITH
-- subscriptions: what comes and goes, by day
subscriptions_atoms AS (
  SELECT
    CAST(subscriptions.started_at AS DATE) AS period_start,
    subscriptions.plan,
    count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE CAST(subscriptions.started_at AS DATE) < DATE '2026-03-01'
    AND CASE
      WHEN CAST(subscriptions.ended_at AS DATE) <= CAST(subscriptions.started_at AS DATE) THEN FALSE
      WHEN CAST(subscriptions.ended_at AS DATE) < DATE '2026-01-01' THEN FALSE
      ELSE TRUE
    END
  GROUP BY 1, 2
  UNION ALL
  SELECT
    CAST(subscriptions.ended_at AS DATE) AS period_start,
    subscriptions.plan,
    -count(*) AS subscribers_at_start
  FROM subscriptions
  WHERE CAST(subscriptions.started_at AS DATE) < DATE '2026-03-01'
    AND CASE
      WHEN CAST(subscriptions.ended_at AS DATE) <= CAST(subscriptions.started_at AS DATE) THEN FALSE
      WHEN CAST(subscriptions.ended_at AS DATE) < DATE '2026-01-01' THEN FALSE
      ELSE TRUE
    END
    AND CAST(subscriptions.ended_at AS DATE) < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- the time that each period reads: at start
at_start AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- subscriptions: what comes and goes in each slice
subscriptions_changes AS (
  SELECT
    'plan' AS slicing,
    i.plan,
    i.period_start,
    i.subscribers_at_start
  FROM subscriptions_atoms AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    i.period_start,
    i.subscribers_at_start
  FROM subscriptions_atoms AS i
),
-- subscriptions: what is there from one change to the next
subscriptions_states AS (
  SELECT
    i.slicing,
    i.plan,
    i.period_start AS since,
    COALESCE(
      lead(i.period_start) OVER (PARTITION BY i.slicing, i.plan ORDER BY i.period_start),
      DATE '2026-04-01'
    ) AS until,
    COALESCE(
      sum(sum(i.subscribers_at_start)) OVER (
        PARTITION BY i.slicing, i.plan
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers_at_start
  FROM subscriptions_changes AS i
  GROUP BY 1, 2, 3
),
-- subscriptions: subscribers by month, at start
subscriptions_monthly_at_start AS (
  SELECT
    w.period_start,
    i.slicing,
    i.plan,
    CAST(i.subscribers_at_start AS BIGINT) AS subscribers_at_start
  FROM subscriptions_states AS i
  JOIN at_start AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- subscriptions by day
subscriptions_atoms_2 AS (
  SELECT
    CAST(subscriptions.started_at AS DATE) AS period_start,
    subscriptions.plan,
    count(*) AS started
  FROM subscriptions
  WHERE subscriptions.started_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND subscriptions.started_at < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2
),
-- subscriptions: started by month
subscriptions_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'plan' AS slicing,
    i.plan,
    CAST(sum(i.started) AS BIGINT) AS started
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    CAST(sum(i.started) AS BIGINT) AS started
  FROM subscriptions_atoms_2 AS i
  GROUP BY 1
),
-- subscriptions by day
subscriptions_atoms_3 AS (
  SELECT
    CAST(subscriptions.ended_at AS DATE) AS period_start,
    subscriptions.plan,
    count(*) AS ended
  FROM subscriptions
  WHERE subscriptions.ended_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND subscriptions.ended_at < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2
),
-- subscriptions: ended by month
subscriptions_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'plan' AS slicing,
    i.plan,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms_3 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    CAST(sum(i.ended) AS BIGINT) AS ended
  FROM subscriptions_atoms_3 AS i
  GROUP BY 1
),
-- subscriptions: what comes and goes, by day
subscriptions_atoms_4 AS (
  SELECT
    CAST(subscriptions.started_at AS DATE) AS period_start,
    subscriptions.plan,
    count(*) AS subscribers,
    sum(CAST(subscriptions.fee AS DECIMAL(10, 2))) AS mrr
  FROM subscriptions
  WHERE CAST(subscriptions.started_at AS DATE) < DATE '2026-04-01'
    AND CASE
      WHEN CAST(subscriptions.ended_at AS DATE) <= CAST(subscriptions.started_at AS DATE) THEN FALSE
      WHEN CAST(subscriptions.ended_at AS DATE) < DATE '2026-02-01' THEN FALSE
      ELSE TRUE
    END
  GROUP BY 1, 2
  UNION ALL
  SELECT
    CAST(subscriptions.ended_at AS DATE) AS period_start,
    subscriptions.plan,
    -count(*) AS subscribers,
    -sum(CAST(subscriptions.fee AS DECIMAL(10, 2))) AS mrr
  FROM subscriptions
  WHERE CAST(subscriptions.started_at AS DATE) < DATE '2026-04-01'
    AND CASE
      WHEN CAST(subscriptions.ended_at AS DATE) <= CAST(subscriptions.started_at AS DATE) THEN FALSE
      WHEN CAST(subscriptions.ended_at AS DATE) < DATE '2026-02-01' THEN FALSE
      ELSE TRUE
    END
    AND CAST(subscriptions.ended_at AS DATE) < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- the time that each period reads: at end
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- subscriptions: what comes and goes in each slice
subscriptions_changes_2 AS (
  SELECT
    'plan' AS slicing,
    i.plan,
    i.period_start,
    i.subscribers,
    i.mrr
  FROM subscriptions_atoms_4 AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan,
    i.period_start,
    i.subscribers,
    i.mrr
  FROM subscriptions_atoms_4 AS i
),
-- subscriptions: what is there from one change to the next
subscriptions_states_2 AS (
  SELECT
    i.slicing,
    i.plan,
    i.period_start AS since,
    COALESCE(
      lead(i.period_start) OVER (PARTITION BY i.slicing, i.plan ORDER BY i.period_start),
      DATE '2026-04-01'
    ) AS until,
    COALESCE(
      sum(sum(i.subscribers)) OVER (
        PARTITION BY i.slicing, i.plan
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscribers,
    COALESCE(
      sum(sum(i.mrr)) OVER (
        PARTITION BY i.slicing, i.plan
        ORDER BY i.period_start
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS mrr
  FROM subscriptions_changes_2 AS i
  GROUP BY 1, 2, 3
),
-- subscriptions: subscribers, mrr by month, at end
subscriptions_monthly_at_end AS (
  SELECT
    w.period_start,
    i.slicing,
    i.plan,
    CAST(i.subscribers AS BIGINT) AS subscribers,
    i.mrr
  FROM subscriptions_states_2 AS i
  JOIN at_end AS w
    ON i.since < w.window_end
    AND i.until >= w.window_end
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_atoms_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS plan
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    r.subscribers_at_start,
    CAST(NULL AS BIGINT) AS started,
    CAST(NULL AS BIGINT) AS ended,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS mrr
  FROM subscriptions_monthly_at_start AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    r.started,
    CAST(NULL AS BIGINT) AS ended,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS mrr
  FROM subscriptions_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    CAST(NULL AS BIGINT) AS started,
    r.ended,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS mrr
  FROM subscriptions_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.plan,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    CAST(NULL AS BIGINT) AS started,
    CAST(NULL AS BIGINT) AS ended,
    r.subscribers,
    r.mrr
  FROM subscriptions_monthly_at_end AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.plan,
    CAST(NULL AS BIGINT) AS subscribers_at_start,
    CAST(NULL AS BIGINT) AS started,
    CAST(NULL AS BIGINT) AS ended,
    CAST(NULL AS BIGINT) AS subscribers,
    CAST(NULL AS BIGINT) AS mrr
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.plan,
    COALESCE(max(k.subscribers_at_start), 0) AS subscribers_at_start,
    COALESCE(max(k.started), 0) AS started,
    COALESCE(max(k.ended), 0) AS ended,
    COALESCE(max(k.subscribers), 0) AS subscribers,
    COALESCE(max(k.mrr), 0) AS mrr
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.plan,
  c.subscribers_at_start AS opening,
  c.started,
  c.ended,
  c.subscribers AS closing,
  CAST(c.ended AS DOUBLE) / NULLIF(c.subscribers_at_start, 0) AS churn_rate,
  c.mrr
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'plan' THEN 1 END,
  c.plan NULLS LAST,
  c.period_start;
