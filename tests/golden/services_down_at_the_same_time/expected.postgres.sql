WITH
-- incidents: what comes and goes
incidents_changes AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-03-10 00:00:00') AS since,
    incidents.service,
    count(*) AS down
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-10 00:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS down
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-10 00:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1, 2
),
-- down_time_share: what changes in each slice
incidents_changes_by_slice AS (
  SELECT
    'service' AS slicing,
    i.service,
    i.since,
    i.down
  FROM incidents_changes AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS service,
    i.since,
    i.down
  FROM incidents_changes AS i
),
-- down_time_share: what is there from one change to the next
down_time_share_states AS (
  SELECT
    i.slicing,
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.service ORDER BY i.since),
      TIMESTAMP '2026-03-11 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down)) OVER (
        PARTITION BY i.slicing, i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down
  FROM incidents_changes_by_slice AS i
  GROUP BY 1, 2, 3
),
-- the time that each period reads, in UTC, and its length
times AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-10', TIMESTAMP '2026-03-10 00:00:00', TIMESTAMP '2026-03-11 00:00:00', 86400)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share: the share of each period in which the condition holds
down_time_share_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.service,
    CAST(
      w.seconds
        - sum(
          CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
            i.since,
            w.window_start
          )) AS DOUBLE PRECISION)
        ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share
  FROM down_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down = 0) IS NOT TRUE
  GROUP BY 1, 2, 3, w.seconds
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-10', TIMESTAMP '2026-03-10', INTERVAL '1 day') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'service' AS slicing,
    i.service
  FROM incidents_changes AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS service
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.service,
    r.down_time_share
  FROM down_time_share_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.service,
    CAST(NULL AS BIGINT) AS down_time_share
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.service,
    COALESCE(max(k.down_time_share), 1) AS down_time_share
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.service,
  c.down_time_share AS availability_rate
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'service' THEN 1 END,
  c.service NULLS LAST,
  c.period_start;
