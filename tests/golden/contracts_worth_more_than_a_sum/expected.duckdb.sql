WITH
-- contracts: what comes and goes
contracts_changes AS (
  SELECT
    GREATEST(
      CASE
        WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      TIMESTAMP '2026-10-23 00:00:00'
    ) AS since,
    sum(CAST(contracts.fee AS DECIMAL(10, 2))) AS worth
  FROM contracts
  WHERE CASE
      WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(
      CASE
        WHEN contracts.ends_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.ends_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      CASE
        WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      TIMESTAMP '2026-10-23 00:00:00'
    ) AS since,
    -sum(CAST(contracts.fee AS DECIMAL(10, 2))) AS worth
  FROM contracts
  WHERE CASE
      WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
    AND CASE
      WHEN contracts.ends_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.ends_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
  GROUP BY 1
),
-- worth_time_share: what changes in each slice
contracts_changes_by_slice AS (
  SELECT
    i.since,
    i.worth
  FROM contracts_changes AS i
),
-- worth_time_share: what is there from one change to the next
worth_time_share_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-10-27 01:00:00') AS until,
    COALESCE(
      sum(sum(i.worth)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS worth
  FROM contracts_changes_by_slice AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-10-23', TIMESTAMP '2026-10-23 00:00:00', TIMESTAMP '2026-10-24 00:00:00', 86400),
      (DATE '2026-10-24', TIMESTAMP '2026-10-24 00:00:00', TIMESTAMP '2026-10-25 00:00:00', 86400),
      (DATE '2026-10-25', TIMESTAMP '2026-10-25 00:00:00', TIMESTAMP '2026-10-26 01:00:00', 90000),
      (DATE '2026-10-26', TIMESTAMP '2026-10-26 01:00:00', TIMESTAMP '2026-10-27 01:00:00', 86400)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- worth_time_share: the share of each period in which the condition holds
worth_time_share_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
      ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS worth_time_share
  FROM worth_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.worth >= 150
  GROUP BY 1, w.seconds
),
-- contracts: what comes and goes
contracts_changes_2 AS (
  SELECT
    GREATEST(
      CASE
        WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      TIMESTAMP '2026-10-23 00:00:00'
    ) AS since,
    sum(CAST(contracts.fee AS DECIMAL(10, 2))) AS worth
  FROM contracts
  WHERE CASE
      WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(
      CASE
        WHEN contracts.ends_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.ends_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      CASE
        WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      TIMESTAMP '2026-10-23 00:00:00'
    ) AS since,
    -sum(CAST(contracts.fee AS DECIMAL(10, 2))) AS worth
  FROM contracts
  WHERE CASE
      WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
    AND CASE
      WHEN contracts.ends_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.ends_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
  GROUP BY 1
),
-- worth_time_share_2: what changes in each slice
contracts_changes_by_slice_2 AS (
  SELECT
    i.since,
    i.worth
  FROM contracts_changes_2 AS i
),
-- worth_time_share_2: what is there from one change to the next
worth_time_share_2_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-10-27 01:00:00') AS until,
    COALESCE(
      sum(sum(i.worth)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS worth
  FROM contracts_changes_by_slice_2 AS i
  GROUP BY 1
),
-- worth_time_share_2: the share of each period in which the condition holds
worth_time_share_2_result AS (
  SELECT
    w.period_start,
    CAST(
      w.seconds
        - sum(
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS worth_time_share_2
  FROM worth_time_share_2_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.worth = 0) IS NOT TRUE
  GROUP BY 1, w.seconds
),
-- contracts: what comes and goes
contracts_changes_3 AS (
  SELECT
    GREATEST(
      CASE
        WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      TIMESTAMP '2026-10-21 00:00:00'
    ) AS since,
    sum(CAST(contracts.fee AS DECIMAL(10, 2))) AS worth_rolling
  FROM contracts
  WHERE CASE
      WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(
      CASE
        WHEN contracts.ends_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.ends_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      CASE
        WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
        ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
      END,
      TIMESTAMP '2026-10-21 00:00:00'
    ) AS since,
    -sum(CAST(contracts.fee AS DECIMAL(10, 2))) AS worth_rolling
  FROM contracts
  WHERE CASE
      WHEN contracts.begins_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.begins_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
    AND CASE
      WHEN contracts.ends_on = DATE '2026-10-25' THEN TIMESTAMP '2026-10-25 00:00:00'
      ELSE CAST(contracts.ends_on AS TIMESTAMP) AT TIME ZONE 'Atlantic/Azores' AT TIME ZONE 'UTC'
    END
      < TIMESTAMP '2026-10-27 01:00:00'
  GROUP BY 1
),
-- worth_time_share_rolling: what changes in each slice
contracts_changes_by_slice_3 AS (
  SELECT
    i.since,
    i.worth_rolling
  FROM contracts_changes_3 AS i
),
-- worth_time_share_rolling: what is there from one change to the next
worth_time_share_rolling_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-10-27 01:00:00') AS until,
    COALESCE(
      sum(sum(i.worth_rolling)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS worth_rolling
  FROM contracts_changes_by_slice_3 AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-10-23', TIMESTAMP '2026-10-21 00:00:00', TIMESTAMP '2026-10-24 00:00:00', 259200),
      (DATE '2026-10-24', TIMESTAMP '2026-10-22 00:00:00', TIMESTAMP '2026-10-25 00:00:00', 259200),
      (DATE '2026-10-25', TIMESTAMP '2026-10-23 00:00:00', TIMESTAMP '2026-10-26 01:00:00', 262800),
      (DATE '2026-10-26', TIMESTAMP '2026-10-24 00:00:00', TIMESTAMP '2026-10-27 01:00:00', 262800)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- worth_time_share_rolling: the share of each period in which the condition holds
worth_time_share_rolling_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
      ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS worth_time_share_rolling
  FROM worth_time_share_rolling_states AS i
  JOIN times_2 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.worth_rolling >= 150
  GROUP BY 1, w.seconds
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-10-23', TIMESTAMP '2026-10-26', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.worth_time_share, 0) AS worth_time_share,
    COALESCE(r2.worth_time_share_2, 1) AS worth_time_share_2,
    COALESCE(r3.worth_time_share_rolling, 0) AS worth_time_share_rolling
  FROM spine AS p
  LEFT JOIN worth_time_share_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN worth_time_share_2_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN worth_time_share_rolling_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.worth_time_share AS high,
  c.worth_time_share_2 AS nothing,
  c.worth_time_share_rolling AS high_of_three_days
FROM cells AS c
ORDER BY c.period_start;
