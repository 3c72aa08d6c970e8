WITH
-- incidents: what comes and goes
incidents_changes AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-03-27 23:00:00') AS since,
    count(*) AS down
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2026-03-27 23:00:00') AS since,
    -count(*) AS down
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1
),
-- down_time_share: what changes in each slice
incidents_changes_by_slice AS (
  SELECT
    i.since,
    i.down
  FROM incidents_changes AS i
),
-- down_time_share: what is there from one change to the next
down_time_share_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-29 22:00:00') AS until,
    COALESCE(
      sum(sum(i.down)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS down
  FROM incidents_changes_by_slice AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-28', TIMESTAMP '2026-03-27 23:00:00', TIMESTAMP '2026-03-28 23:00:00', 86400),
      (DATE '2026-03-29', TIMESTAMP '2026-03-28 23:00:00', TIMESTAMP '2026-03-29 22:00:00', 82800)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share: the share of each period in which the condition holds
down_time_share_result AS (
  SELECT
    w.period_start,
    CAST(
      w.seconds
        - sum(
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS down_time_share
  FROM down_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down = 0) IS NOT TRUE
  GROUP BY 1, w.seconds
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-28', TIMESTAMP '2026-03-29', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.down_time_share, 1) AS down_time_share
  FROM spine AS p
  LEFT JOIN down_time_share_result AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.down_time_share AS availability_rate
FROM cells AS c
ORDER BY c.period_start;
