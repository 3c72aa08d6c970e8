WITH
-- incidents: what comes and goes
incidents_changes AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-03-28 23:00:00') AS since,
    incidents.service,
    count(*) AS down
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS down
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1, 2
),
-- down_time_share: what changes in each slice
incidents_changes_by_slice AS (
  SELECT
    i.service,
    i.since,
    i.down
  FROM incidents_changes AS i
),
-- down_time_share: what is there from one change to the next
down_time_share_states AS (
  SELECT
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.service ORDER BY i.since),
      TIMESTAMP '2026-03-29 22:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down)) OVER (
        PARTITION BY i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down
  FROM incidents_changes_by_slice AS i
  GROUP BY 1, 2
),
-- the time that each period reads, in UTC, and its length
times AS (
  SELECT *
  FROM (
    VALUES
      (
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-28 23:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 00:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 01:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 02:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 03:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 04:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 05:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 06:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 07:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 08:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 09:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 10:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 11:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 12:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 13:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 14:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 15:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 16:00:00',
        TIMESTAMP '2026-03-29 17:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 17:00:00',
        TIMESTAMP '2026-03-29 18:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 18:00:00',
        TIMESTAMP '2026-03-29 19:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 19:00:00',
        TIMESTAMP '2026-03-29 20:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 20:00:00',
        TIMESTAMP '2026-03-29 21:00:00',
        3600
      ),
      (
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 21:00:00',
        TIMESTAMP '2026-03-29 22:00:00',
        3600
      )
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share: the share of each period in which the condition holds
down_time_share_result AS (
  SELECT
    w.period_start,
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
  GROUP BY 1, 2, w.seconds
),
-- incidents: what comes and goes
incidents_changes_2 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-03-28 23:00:00') AS since,
    incidents.service,
    count(*) AS incidents_rows
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS incidents_rows
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1, 2
),
-- incidents_rows_time_share: what changes in each slice
incidents_changes_by_slice_2 AS (
  SELECT
    i.service,
    i.since,
    i.incidents_rows
  FROM incidents_changes_2 AS i
),
-- incidents_rows_time_share: what is there from one change to the next
incidents_rows_time_share_states AS (
  SELECT
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.service ORDER BY i.since),
      TIMESTAMP '2026-03-29 22:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.incidents_rows)) OVER (
        PARTITION BY i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS incidents_rows
  FROM incidents_changes_by_slice_2 AS i
  GROUP BY 1, 2
),
-- incidents_rows_time_share: the share of each period in which the condition holds
incidents_rows_time_share_result AS (
  SELECT
    w.period_start,
    i.service,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS incidents_rows_time_share
  FROM incidents_rows_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.incidents_rows > 0
  GROUP BY 1, 2, w.seconds
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.service,
    r.down_time_share,
    CAST(NULL AS BIGINT) AS incidents_rows_time_share
  FROM down_time_share_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    r.incidents_rows_time_share
  FROM incidents_rows_time_share_result AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.service,
    COALESCE(max(k.down_time_share), 1) AS down_time_share,
    COALESCE(max(k.incidents_rows_time_share), 0) AS incidents_rows_time_share
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each service, those that take part
per_service_result AS (
  SELECT
    c.period_start,
    count(*) AS per_service
  FROM cells AS c
  WHERE (c.incidents_rows_time_share > 0) IS TRUE
    AND (c.down_time_share < 0.75) IS TRUE
    AND c.service IS NOT NULL
  GROUP BY 1
),
-- incidents: what comes and goes
incidents_changes_3 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-03-28 23:00:00') AS since,
    incidents.service,
    count(*) AS down
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS down
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1, 2
),
-- down_time_share: what changes in each slice
incidents_changes_by_slice_3 AS (
  SELECT
    i.service,
    i.since,
    i.down
  FROM incidents_changes_3 AS i
),
-- down_time_share: what is there from one change to the next
down_time_share_states_2 AS (
  SELECT
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.service ORDER BY i.since),
      TIMESTAMP '2026-03-29 22:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down)) OVER (
        PARTITION BY i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down
  FROM incidents_changes_by_slice_3 AS i
  GROUP BY 1, 2
),
-- down_time_share: the share of each period in which the condition holds
down_time_share_result_2 AS (
  SELECT
    w.period_start,
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
  FROM down_time_share_states_2 AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down = 0) IS NOT TRUE
  GROUP BY 1, 2, w.seconds
),
-- incidents: what comes and goes
incidents_changes_4 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-03-28 23:00:00') AS since,
    incidents.service,
    count(*) AS incidents_rows
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS incidents_rows
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1, 2
),
-- incidents_rows_time_share: what changes in each slice
incidents_changes_by_slice_4 AS (
  SELECT
    i.service,
    i.since,
    i.incidents_rows
  FROM incidents_changes_4 AS i
),
-- incidents_rows_time_share: what is there from one change to the next
incidents_rows_time_share_states_2 AS (
  SELECT
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.service ORDER BY i.since),
      TIMESTAMP '2026-03-29 22:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.incidents_rows)) OVER (
        PARTITION BY i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS incidents_rows
  FROM incidents_changes_by_slice_4 AS i
  GROUP BY 1, 2
),
-- incidents_rows_time_share: the share of each period in which the condition holds
incidents_rows_time_share_result_2 AS (
  SELECT
    w.period_start,
    i.service,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS incidents_rows_time_share
  FROM incidents_rows_time_share_states_2 AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.incidents_rows > 0
  GROUP BY 1, 2, w.seconds
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.service,
    r.down_time_share,
    CAST(NULL AS BIGINT) AS incidents_rows_time_share
  FROM down_time_share_result_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    r.incidents_rows_time_share
  FROM incidents_rows_time_share_result_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.service,
    COALESCE(max(k.down_time_share), 1) AS down_time_share,
    COALESCE(max(k.incidents_rows_time_share), 0) AS incidents_rows_time_share
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each service, those that take part
per_service_2_result AS (
  SELECT
    c.period_start,
    CAST(sum(c.down_time_share) AS DOUBLE PRECISION) / NULLIF(count(c.down_time_share), 0) AS per_service_2
  FROM cells_2 AS c
  WHERE (c.incidents_rows_time_share > 0) IS TRUE
    AND c.service IS NOT NULL
  GROUP BY 1
),
-- incidents: what comes and goes
incidents_changes_5 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-03-28 23:00:00') AS since,
    incidents.service,
    count(*) AS down
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS down
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1, 2
),
-- down_time_share: what changes in each slice
incidents_changes_by_slice_5 AS (
  SELECT
    i.service,
    i.since,
    i.down
  FROM incidents_changes_5 AS i
),
-- down_time_share: what is there from one change to the next
down_time_share_states_3 AS (
  SELECT
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.service ORDER BY i.since),
      TIMESTAMP '2026-03-29 22:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.down)) OVER (
        PARTITION BY i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down
  FROM incidents_changes_by_slice_5 AS i
  GROUP BY 1, 2
),
-- down_time_share: the share of each period in which the condition holds
down_time_share_result_3 AS (
  SELECT
    w.period_start,
    i.service,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share
  FROM down_time_share_states_3 AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down > 1
  GROUP BY 1, 2, w.seconds
),
-- incidents: what comes and goes
incidents_changes_6 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-03-28 23:00:00') AS since,
    incidents.service,
    count(*) AS incidents_rows
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
  GROUP BY 1, 2
  UNION ALL
  SELECT
    incidents.ended_at AS since,
    incidents.service,
    -count(*) AS incidents_rows
  FROM incidents
  WHERE (incidents.ended_at IS NULL OR incidents.ended_at > incidents.started_at)
    AND incidents.started_at < TIMESTAMP '2026-03-29 22:00:00'
    AND (incidents.ended_at IS NULL OR incidents.ended_at > TIMESTAMP '2026-03-28 23:00:00')
    AND incidents.ended_at < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1, 2
),
-- incidents_rows_time_share: what changes in each slice
incidents_changes_by_slice_6 AS (
  SELECT
    i.service,
    i.since,
    i.incidents_rows
  FROM incidents_changes_6 AS i
),
-- incidents_rows_time_share: what is there from one change to the next
incidents_rows_time_share_states_3 AS (
  SELECT
    i.service,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.service ORDER BY i.since),
      TIMESTAMP '2026-03-29 22:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.incidents_rows)) OVER (
        PARTITION BY i.service
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS incidents_rows
  FROM incidents_changes_by_slice_6 AS i
  GROUP BY 1, 2
),
-- incidents_rows_time_share: the share of each period in which the condition holds
incidents_rows_time_share_result_3 AS (
  SELECT
    w.period_start,
    i.service,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS incidents_rows_time_share
  FROM incidents_rows_time_share_states_3 AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.incidents_rows > 0
  GROUP BY 1, 2, w.seconds
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.service,
    r.down_time_share,
    CAST(NULL AS BIGINT) AS incidents_rows_time_share
  FROM down_time_share_result_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.service,
    CAST(NULL AS BIGINT) AS down_time_share,
    r.incidents_rows_time_share
  FROM incidents_rows_time_share_result_3 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.service,
    COALESCE(max(k.down_time_share), 0) AS down_time_share,
    COALESCE(max(k.incidents_rows_time_share), 0) AS incidents_rows_time_share
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each service, those that take part
per_service_3_result AS (
  SELECT
    c.period_start,
    count(*) AS per_service_3
  FROM cells_3 AS c
  WHERE (c.incidents_rows_time_share > 0) IS TRUE
    AND (c.down_time_share > 0) IS TRUE
    AND c.service IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    start AS period_start
  FROM generate_series(TIMESTAMP '2026-03-28 23:00:00', TIMESTAMP '2026-03-29 21:00:00', INTERVAL '1 hour') AS periods(start)
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    COALESCE(r1.per_service, 0) AS per_service,
    r2.per_service_2,
    COALESCE(r3.per_service_3, 0) AS per_service_3
  FROM spine AS p
  LEFT JOIN per_service_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_service_2_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_service_3_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_service AS below,
  c.per_service_2 AS mean_up,
  c.per_service_3 AS doubled
FROM cells_4 AS c
ORDER BY c.period_start;
