WITH
-- incidents: what comes and goes
incidents_changes AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-06-03 00:00:00') AS since,
    incidents.service,
    count(*) AS down
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS down
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-06-05 00:00:00'
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
    CAST(NULL AS VARCHAR) AS service,
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
      TIMESTAMP '2026-06-05 00:00:00'
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
      (DATE '2026-06-03', TIMESTAMP '2026-06-03 00:00:00', TIMESTAMP '2026-06-04 00:00:00', 86400),
      (DATE '2026-06-04', TIMESTAMP '2026-06-04 00:00:00', TIMESTAMP '2026-06-05 00:00:00', 86400)
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
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS down_time_share
  FROM down_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down = 0) IS NOT TRUE
  GROUP BY 1, 2, 3, w.seconds
),
-- incidents: what comes and goes
incidents_changes_2 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-06-03 00:00:00') AS since,
    incidents.service,
    count(*) FILTER (WHERE NOT COALESCE(incidents.is_planned, FALSE)) AS down_where
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) FILTER (WHERE NOT COALESCE(incidents.is_planned, FALSE)) AS down_where
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-06-05 00:00:00'
  GROUP BY 1, 2
),
-- down_time_share_2: what changes in each slice
incidents_changes_by_slice_2 AS (
  SELECT
    'service' AS slicing,
    i.service,
    i.since,
    i.down_where
  FROM incidents_changes_2 AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS service,
    i.since,
    i.down_where
  FROM incidents_changes_2 AS i
),
-- down_time_share_2: what is there from one change to the next
down_time_share_2_states AS (
  SELECT
    i.slicing,
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.service ORDER BY i.since),
      TIMESTAMP '2026-06-05 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down_where)) OVER (
        PARTITION BY i.slicing, i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_where
  FROM incidents_changes_by_slice_2 AS i
  GROUP BY 1, 2, 3
),
-- down_time_share_2: the share of each period in which the condition holds
down_time_share_2_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.service,
    CAST(
      w.seconds
        - sum(
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS down_time_share_2
  FROM down_time_share_2_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down_where = 0) IS NOT TRUE
  GROUP BY 1, 2, 3, w.seconds
),
-- incidents: what comes and goes
incidents_changes_3 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-06-03 00:00:00') AS since,
    incidents.service,
    count(*) FILTER (WHERE NOT COALESCE(incidents.is_planned, FALSE)) AS down_where
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) FILTER (WHERE NOT COALESCE(incidents.is_planned, FALSE)) AS down_where
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-06-05 00:00:00'
  GROUP BY 1, 2
),
-- down_time_share_3: what changes in each slice
incidents_changes_by_slice_3 AS (
  SELECT
    'service' AS slicing,
    i.service,
    i.since,
    i.down_where
  FROM incidents_changes_3 AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS service,
    i.since,
    i.down_where
  FROM incidents_changes_3 AS i
),
-- down_time_share_3: what is there from one change to the next
down_time_share_3_states AS (
  SELECT
    i.slicing,
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.service ORDER BY i.since),
      TIMESTAMP '2026-06-05 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down_where)) OVER (
        PARTITION BY i.slicing, i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_where
  FROM incidents_changes_by_slice_3 AS i
  GROUP BY 1, 2, 3
),
-- down_time_share_3: the share of each period in which the condition holds
down_time_share_3_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.service,
    CAST(
      w.seconds
        - sum(
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS down_time_share_3
  FROM down_time_share_3_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down_where = 0) IS NOT TRUE
  GROUP BY 1, 2, 3, w.seconds
),
-- incidents: what comes and goes
incidents_changes_4 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-06-03 00:00:00') AS since,
    incidents.service,
    count(*) FILTER (WHERE incidents.is_planned) AS down_by_plan,
    count(*) FILTER (WHERE NOT COALESCE(incidents.is_planned, FALSE)) AS down_where
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) FILTER (WHERE incidents.is_planned) AS down_by_plan,
    -count(*) FILTER (WHERE NOT COALESCE(incidents.is_planned, FALSE)) AS down_where
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-06-05 00:00:00'
  GROUP BY 1, 2
),
-- down_by_plan_time_share: what changes in each slice
incidents_changes_by_slice_4 AS (
  SELECT
    'service' AS slicing,
    i.service,
    i.since,
    i.down_by_plan,
    i.down_where
  FROM incidents_changes_4 AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS service,
    i.since,
    i.down_by_plan,
    i.down_where
  FROM incidents_changes_4 AS i
),
-- down_by_plan_time_share: what is there from one change to the next
down_by_plan_time_share_states AS (
  SELECT
    i.slicing,
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.service ORDER BY i.since),
      TIMESTAMP '2026-06-05 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down_by_plan)) OVER (
        PARTITION BY i.slicing, i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_by_plan,
    COALESCE(
      sum(sum(i.down_where)) OVER (
        PARTITION BY i.slicing, i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_where
  FROM incidents_changes_by_slice_4 AS i
  GROUP BY 1, 2, 3
),
-- down_by_plan_time_share: the share of each period in which the condition holds
down_by_plan_time_share_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.service,
    CAST(
      sum(
        CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
      ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS down_by_plan_time_share
  FROM down_by_plan_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down_by_plan > 0
    AND i.down_where > 0
  GROUP BY 1, 2, 3, w.seconds
),
-- incidents: what comes and goes
incidents_changes_5 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-06-03 00:00:00') AS since,
    incidents.service,
    count(*) AS down_total
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS down_total
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-06-05 00:00:00'
  GROUP BY 1, 2
),
-- down_time_share_total: what changes in each slice
incidents_changes_by_slice_5 AS (
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS service,
    i.since,
    i.down_total
  FROM incidents_changes_5 AS i
),
-- down_time_share_total: what is there from one change to the next
down_time_share_total_states AS (
  SELECT
    i.slicing,
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.service ORDER BY i.since),
      TIMESTAMP '2026-06-05 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down_total)) OVER (
        PARTITION BY i.slicing, i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_total
  FROM incidents_changes_by_slice_5 AS i
  GROUP BY 1, 2, 3
),
-- down_time_share_total: the share of each period in which the condition holds
down_time_share_total_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.service,
    CAST(
      w.seconds
        - sum(
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS down_time_share_total
  FROM down_time_share_total_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down_total = 0) IS NOT TRUE
  GROUP BY 1, 2, 3, w.seconds
),
-- down_time_share_total: what changes in each slice
incidents_changes_by_slice_6 AS (
  SELECT
    'service' AS slicing,
    CAST(NULL AS VARCHAR) AS service,
    i.since,
    i.down_total
  FROM incidents_changes_5 AS i
),
-- down_time_share_total: what is there from one change to the next
down_time_share_total_states_2 AS (
  SELECT
    i.slicing,
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.service ORDER BY i.since),
      TIMESTAMP '2026-06-05 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down_total)) OVER (
        PARTITION BY i.slicing, i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_total
  FROM incidents_changes_by_slice_6 AS i
  GROUP BY 1, 2, 3
),
-- down_time_share_total: the share of each period in which the condition holds
down_time_share_total_result_2 AS (
  SELECT
    w.period_start,
    i.slicing,
    i.service,
    CAST(
      w.seconds
        - sum(
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS down_time_share_total
  FROM down_time_share_total_states_2 AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down_total = 0) IS NOT TRUE
  GROUP BY 1, 2, 3, w.seconds
),
-- incidents: what comes and goes
incidents_changes_6 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-06-03 00:00:00') AS since,
    incidents.service,
    count(*) AS down
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS down
  FROM incidents
  WHERE NOT COALESCE(incidents.is_internal, FALSE)
    AND (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-06-05 00:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-06-03 00:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-06-05 00:00:00'
  GROUP BY 1, 2
),
-- down_time_share_4: what changes in each slice
incidents_changes_by_slice_7 AS (
  SELECT
    'service' AS slicing,
    i.service,
    i.since,
    i.down
  FROM incidents_changes_6 AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS service,
    i.since,
    i.down
  FROM incidents_changes_6 AS i
),
-- down_time_share_4: what is there from one change to the next
down_time_share_4_states AS (
  SELECT
    i.slicing,
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.service ORDER BY i.since),
      TIMESTAMP '2026-06-05 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down)) OVER (
        PARTITION BY i.slicing, i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down
  FROM incidents_changes_by_slice_7 AS i
  GROUP BY 1, 2, 3
),
-- down_time_share_4: the share of each period in which the condition holds
down_time_share_4_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.service,
    CAST(
      w.seconds
        - sum(
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS down_time_share_4
  FROM down_time_share_4_states AS i
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
  FROM generate_series(TIMESTAMP '2026-06-03', TIMESTAMP '2026-06-04', INTERVAL '1 day') AS periods(start)
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
    'service' AS slicing,
    i.service
  FROM incidents_changes_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'service' AS slicing,
    i.service
  FROM incidents_changes_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'service' AS slicing,
    i.service
  FROM incidents_changes_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'service' AS slicing,
    i.service
  FROM incidents_changes_5 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'service' AS slicing,
    i.service
  FROM incidents_changes_6 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS service
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.service,
    r.down_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_2,
    CAST(NULL AS BIGINT) AS down_time_share_3,
    CAST(NULL AS BIGINT) AS down_by_plan_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_total,
    CAST(NULL AS BIGINT) AS down_time_share_4
  FROM down_time_share_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    r.down_time_share_2,
    CAST(NULL AS BIGINT) AS down_time_share_3,
    CAST(NULL AS BIGINT) AS down_by_plan_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_total,
    CAST(NULL AS BIGINT) AS down_time_share_4
  FROM down_time_share_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_2,
    r.down_time_share_3,
    CAST(NULL AS BIGINT) AS down_by_plan_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_total,
    CAST(NULL AS BIGINT) AS down_time_share_4
  FROM down_time_share_3_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_2,
    CAST(NULL AS BIGINT) AS down_time_share_3,
    r.down_by_plan_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_total,
    CAST(NULL AS BIGINT) AS down_time_share_4
  FROM down_by_plan_time_share_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_2,
    CAST(NULL AS BIGINT) AS down_time_share_3,
    CAST(NULL AS BIGINT) AS down_by_plan_time_share,
    r.down_time_share_total,
    CAST(NULL AS BIGINT) AS down_time_share_4
  FROM down_time_share_total_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_2,
    CAST(NULL AS BIGINT) AS down_time_share_3,
    CAST(NULL AS BIGINT) AS down_by_plan_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_total,
    r.down_time_share_4
  FROM down_time_share_4_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_2,
    CAST(NULL AS BIGINT) AS down_time_share_3,
    CAST(NULL AS BIGINT) AS down_by_plan_time_share,
    CAST(NULL AS BIGINT) AS down_time_share_total,
    CAST(NULL AS BIGINT) AS down_time_share_4
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.service,
    max(k.down_time_share) AS down_time_share,
    max(k.down_time_share_2) AS down_time_share_2,
    max(k.down_time_share_3) AS down_time_share_3,
    max(k.down_by_plan_time_share) AS down_by_plan_time_share,
    max(k.down_time_share_total) AS down_time_share_total,
    max(k.down_time_share_4) AS down_time_share_4
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.slicing,
    m.service,
    COALESCE(m.down_time_share, 1) AS down_time_share,
    COALESCE(m.down_time_share_2, 1) AS down_time_share_2,
    COALESCE(m.down_time_share_3, 1) AS down_time_share_3,
    COALESCE(m.down_by_plan_time_share, 0) AS down_by_plan_time_share,
    COALESCE(COALESCE(m.down_time_share_total, t1.down_time_share_total), 1) AS down_time_share_total,
    m.down_time_share_4
  FROM merged AS m
  LEFT JOIN down_time_share_total_result_2 AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.service,
  c.down_time_share AS up,
  c.down_time_share_2 AS up_unplanned,
  c.down_time_share_3 AS up_unplanned_inside,
  c.down_by_plan_time_share AS doubled,
  c.down_time_share_total AS up_of_all,
  c.down_time_share - c.down_time_share_total AS distance,
  c.down_time_share_4 AS up_if_told
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'service' THEN 1 END,
  c.service NULLS LAST,
  c.period_start;
