WITH
-- incidents: what comes and goes
incidents_changes AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-01-01 00:00:00') AS since,
    count(*) AS down
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2026-01-01 00:00:00') AS since,
    -count(*) AS down
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-03-11 00:00:00'
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
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-11 00:00:00') AS until,
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
      (DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-02-01 00:00:00', 2678400),
      (DATE '2026-02-01', TIMESTAMP '2026-02-01 00:00:00', TIMESTAMP '2026-03-01 00:00:00', 2419200),
      (DATE '2026-03-01', TIMESTAMP '2026-03-01 00:00:00', TIMESTAMP '2026-03-11 00:00:00', 864000)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share: the share of each period in which the condition holds
down_time_share_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
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
  WHERE i.down > 0
  GROUP BY 1, w.seconds
),
-- incidents: what comes and goes
incidents_changes_2 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-01-01 00:00:00') AS since,
    count(*) AS down
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2026-01-01 00:00:00') AS since,
    -count(*) AS down
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
),
-- down_time_share_2: what changes in each slice
incidents_changes_by_slice_2 AS (
  SELECT
    i.since,
    i.down
  FROM incidents_changes_2 AS i
),
-- down_time_share_2: what is there from one change to the next
down_time_share_2_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-11 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS down
  FROM incidents_changes_by_slice_2 AS i
  GROUP BY 1
),
-- down_time_share_2: the share of each period in which the condition holds
down_time_share_2_result AS (
  SELECT
    w.period_start,
    CAST(
      w.seconds
        - sum(
          CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
            i.since,
            w.window_start
          )) AS DOUBLE PRECISION)
        ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share_2
  FROM down_time_share_2_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.down = 0) IS NOT TRUE
  GROUP BY 1, w.seconds
),
-- incidents: what comes and goes
incidents_changes_3 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2025-12-01 00:00:00') AS since,
    count(*) AS down_previous
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-02-11 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2025-12-01 00:00:00') AS since,
    -count(*) AS down_previous
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-02-11 00:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-02-11 00:00:00'
  GROUP BY 1
),
-- down_time_share_previous: what changes in each slice
incidents_changes_by_slice_3 AS (
  SELECT
    i.since,
    i.down_previous
  FROM incidents_changes_3 AS i
),
-- down_time_share_previous: what is there from one change to the next
down_time_share_previous_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-02-11 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down_previous)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_previous
  FROM incidents_changes_by_slice_3 AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', TIMESTAMP '2025-12-01 00:00:00', TIMESTAMP '2026-01-01 00:00:00', 2678400),
      (DATE '2026-02-01', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-02-01 00:00:00', 2678400),
      (DATE '2026-03-01', TIMESTAMP '2026-02-01 00:00:00', TIMESTAMP '2026-02-11 00:00:00', 864000)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share_previous: the share of each period in which the condition holds
down_time_share_previous_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share_previous
  FROM down_time_share_previous_states AS i
  JOIN times_2 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down_previous > 0
  GROUP BY 1, w.seconds
),
-- incidents: what comes and goes
incidents_changes_4 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2025-12-01 00:00:00') AS since,
    count(*) AS down_previous
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2025-12-01 00:00:00') AS since,
    -count(*) AS down_previous
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
),
-- down_time_share_previous_2: what changes in each slice
incidents_changes_by_slice_4 AS (
  SELECT
    i.since,
    i.down_previous
  FROM incidents_changes_4 AS i
),
-- down_time_share_previous_2: what is there from one change to the next
down_time_share_previous_2_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-11 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down_previous)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_previous
  FROM incidents_changes_by_slice_4 AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_3 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', TIMESTAMP '2025-12-01 00:00:00', TIMESTAMP '2026-01-01 00:00:00', 2678400),
      (DATE '2026-02-01', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-02-01 00:00:00', 2678400),
      (DATE '2026-03-01', TIMESTAMP '2026-02-01 00:00:00', TIMESTAMP '2026-03-01 00:00:00', 2419200),
      (DATE '2026-04-01', TIMESTAMP '2026-03-01 00:00:00', TIMESTAMP '2026-03-11 00:00:00', 864000)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share_previous_2: the share of each period in which the condition holds
down_time_share_previous_2_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share_previous_2
  FROM down_time_share_previous_2_states AS i
  JOIN times_3 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down_previous > 0
  GROUP BY 1, w.seconds
),
-- incidents: what comes and goes
incidents_changes_5 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2025-12-18 00:00:00') AS since,
    count(*) AS down_rolling
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2025-12-18 00:00:00') AS since,
    -count(*) AS down_rolling
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
),
-- down_time_share_rolling: what changes in each slice
incidents_changes_by_slice_5 AS (
  SELECT
    i.since,
    i.down_rolling
  FROM incidents_changes_5 AS i
),
-- down_time_share_rolling: what is there from one change to the next
down_time_share_rolling_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-11 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down_rolling)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_rolling
  FROM incidents_changes_by_slice_5 AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_4 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', TIMESTAMP '2025-12-18 00:00:00', TIMESTAMP '2026-02-01 00:00:00', 3888000),
      (DATE '2026-02-01', TIMESTAMP '2026-01-15 00:00:00', TIMESTAMP '2026-03-01 00:00:00', 3888000),
      (DATE '2026-03-01', TIMESTAMP '2026-02-15 00:00:00', TIMESTAMP '2026-03-11 00:00:00', 2073600)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share_rolling: the share of each period in which the condition holds
down_time_share_rolling_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share_rolling
  FROM down_time_share_rolling_states AS i
  JOIN times_4 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down_rolling > 0
  GROUP BY 1, w.seconds
),
-- incidents: what comes and goes
incidents_changes_6 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-01-25 00:00:00') AS since,
    count(*) AS down_rolling
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2026-01-25 00:00:00') AS since,
    -count(*) AS down_rolling
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-01 00:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1
),
-- down_time_share_rolling_2: what changes in each slice
incidents_changes_by_slice_6 AS (
  SELECT
    i.since,
    i.down_rolling
  FROM incidents_changes_6 AS i
),
-- down_time_share_rolling_2: what is there from one change to the next
down_time_share_rolling_2_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-01 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down_rolling)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_rolling
  FROM incidents_changes_by_slice_6 AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_5 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', TIMESTAMP '2026-01-25 00:00:00', TIMESTAMP '2026-02-01 00:00:00', 604800),
      (DATE '2026-02-01', TIMESTAMP '2026-02-22 00:00:00', TIMESTAMP '2026-03-01 00:00:00', 604800)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share_rolling_2: the share of each period in which the condition holds
down_time_share_rolling_2_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share_rolling_2
  FROM down_time_share_rolling_2_states AS i
  JOIN times_5 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down_rolling > 0
  GROUP BY 1, w.seconds
),
-- incidents: what comes and goes
incidents_changes_7 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-01-01 00:00:00') AS since,
    count(*) AS down_to_date
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2026-01-01 00:00:00') AS since,
    -count(*) AS down_to_date
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
),
-- down_time_share_to_date: what changes in each slice
incidents_changes_by_slice_7 AS (
  SELECT
    i.since,
    i.down_to_date
  FROM incidents_changes_7 AS i
),
-- down_time_share_to_date: what is there from one change to the next
down_time_share_to_date_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-11 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down_to_date)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_to_date
  FROM incidents_changes_by_slice_7 AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_6 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-02-01 00:00:00', 2678400),
      (DATE '2026-02-01', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-03-01 00:00:00', 5097600),
      (DATE '2026-03-01', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-03-11 00:00:00', 5961600)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share_to_date: the share of each period in which the condition holds
down_time_share_to_date_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share_to_date
  FROM down_time_share_to_date_states AS i
  JOIN times_6 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down_to_date > 0
  GROUP BY 1, w.seconds
),
-- incidents: what comes and goes
incidents_changes_8 AS (
  SELECT
    GREATEST(incidents.started_at, TIMESTAMP '2026-01-01 00:00:00') AS since,
    count(*) AS down
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-09 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(incidents.ended_at, incidents.started_at, TIMESTAMP '2026-01-01 00:00:00') AS since,
    -count(*) AS down
  FROM incidents
  WHERE incidents.started_at < TIMESTAMP '2026-03-09 00:00:00'
    AND incidents.ended_at < TIMESTAMP '2026-03-09 00:00:00'
  GROUP BY 1
),
-- down_time_share_3: what changes in each slice
incidents_changes_by_slice_8 AS (
  SELECT
    i.since,
    i.down
  FROM incidents_changes_8 AS i
),
-- down_time_share_3: what is there from one change to the next
down_time_share_3_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-09 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS down
  FROM incidents_changes_by_slice_8 AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_7 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-02-01 00:00:00', 2678400),
      (DATE '2026-02-01', TIMESTAMP '2026-02-01 00:00:00', TIMESTAMP '2026-03-01 00:00:00', 2419200),
      (DATE '2026-03-01', TIMESTAMP '2026-03-01 00:00:00', TIMESTAMP '2026-03-09 00:00:00', 691200)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_time_share_3: the share of each period in which the condition holds
down_time_share_3_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_time_share_3
  FROM down_time_share_3_states AS i
  JOIN times_7 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down > 0
  GROUP BY 1, w.seconds
),
-- incidents_since_february: what comes and goes
incidents_since_february_changes AS (
  SELECT
    GREATEST(incidents_since_february.started_at, TIMESTAMP '2026-02-01 00:00:00') AS since,
    count(*) AS down_known
  FROM incidents AS incidents_since_february
  WHERE incidents_since_february.started_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(
      incidents_since_february.ended_at,
      incidents_since_february.started_at,
      TIMESTAMP '2026-02-01 00:00:00'
    ) AS since,
    -count(*) AS down_known
  FROM incidents AS incidents_since_february
  WHERE incidents_since_february.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND incidents_since_february.ended_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
),
-- down_known_time_share: what changes in each slice
incidents_since_february_changes_by_slice AS (
  SELECT
    i.since,
    i.down_known
  FROM incidents_since_february_changes AS i
),
-- down_known_time_share: what is there from one change to the next
down_known_time_share_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-11 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down_known)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_known
  FROM incidents_since_february_changes_by_slice AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_8 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', TIMESTAMP '2026-02-01 00:00:00', TIMESTAMP '2026-03-01 00:00:00', 2419200),
      (DATE '2026-03-01', TIMESTAMP '2026-03-01 00:00:00', TIMESTAMP '2026-03-11 00:00:00', 864000)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_known_time_share: the share of each period in which the condition holds
down_known_time_share_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_known_time_share
  FROM down_known_time_share_states AS i
  JOIN times_8 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down_known > 0
  GROUP BY 1, w.seconds
),
-- incidents_since_february: what comes and goes
incidents_since_february_changes_2 AS (
  SELECT
    GREATEST(incidents_since_february.started_at, TIMESTAMP '2026-02-01 00:00:00') AS since,
    count(*) AS down_known_rolling
  FROM incidents AS incidents_since_february
  WHERE incidents_since_february.started_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(
      incidents_since_february.ended_at,
      incidents_since_february.started_at,
      TIMESTAMP '2026-02-01 00:00:00'
    ) AS since,
    -count(*) AS down_known_rolling
  FROM incidents AS incidents_since_february
  WHERE incidents_since_february.started_at < TIMESTAMP '2026-03-11 00:00:00'
    AND incidents_since_february.ended_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
),
-- down_known_time_share_rolling: what changes in each slice
incidents_since_february_changes_by_slice_2 AS (
  SELECT
    i.since,
    i.down_known_rolling
  FROM incidents_since_february_changes_2 AS i
),
-- down_known_time_share_rolling: what is there from one change to the next
down_known_time_share_rolling_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-03-11 00:00:00') AS until,
    COALESCE(
      sum(sum(i.down_known_rolling)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS down_known_rolling
  FROM incidents_since_february_changes_by_slice_2 AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times_9 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', TIMESTAMP '2026-02-01 00:00:00', TIMESTAMP '2026-03-01 00:00:00', 2419200),
      (DATE '2026-03-01', TIMESTAMP '2026-02-15 00:00:00', TIMESTAMP '2026-03-11 00:00:00', 2073600)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- down_known_time_share_rolling: the share of each period in which the condition holds
down_known_time_share_rolling_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS down_known_time_share_rolling
  FROM down_known_time_share_rolling_states AS i
  JOIN times_9 AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.down_known_rolling > 0
  GROUP BY 1, w.seconds
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r1.down_time_share, 0) END AS down_time_share,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r2.down_time_share_2, 1) END AS down_time_share_2,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r3.down_time_share_previous, 0) END AS down_time_share_previous,
    COALESCE(r4.down_time_share_previous_2, 0) AS down_time_share_previous_2,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r5.down_time_share_rolling, 0) END AS down_time_share_rolling,
    CASE WHEN p.period_start < DATE '2026-03-01' THEN COALESCE(r6.down_time_share_rolling_2, 0) END AS down_time_share_rolling_2,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r7.down_time_share_to_date, 0) END AS down_time_share_to_date,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN COALESCE(r8.down_time_share_3, 0) END AS down_time_share_3,
    CASE
      WHEN p.period_start >= DATE '2026-02-01' AND p.period_start < DATE '2026-04-01' THEN COALESCE(
          r9.down_known_time_share,
          0
        )
    END AS down_known_time_share,
    CASE
      WHEN p.period_start >= DATE '2026-02-01' AND p.period_start < DATE '2026-04-01' THEN COALESCE(
          r10.down_known_time_share_rolling,
          0
        )
    END AS down_known_time_share_rolling
  FROM spine AS p
  LEFT JOIN down_time_share_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN down_time_share_2_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN down_time_share_previous_result AS r3 ON r3.period_start = p.period_start
  LEFT JOIN down_time_share_previous_2_result AS r4 ON r4.period_start = p.period_start
  LEFT JOIN down_time_share_rolling_result AS r5 ON r5.period_start = p.period_start
  LEFT JOIN down_time_share_rolling_2_result AS r6 ON r6.period_start = p.period_start
  LEFT JOIN down_time_share_to_date_result AS r7 ON r7.period_start = p.period_start
  LEFT JOIN down_time_share_3_result AS r8 ON r8.period_start = p.period_start
  LEFT JOIN down_known_time_share_result AS r9 ON r9.period_start = p.period_start
  LEFT JOIN down_known_time_share_rolling_result AS r10 ON r10.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.down_time_share AS share_down,
  c.down_time_share_2 AS share_up,
  c.down_time_share_previous AS before,
  c.down_time_share_previous_2 AS before_whole,
  c.down_time_share_rolling AS of_45_days,
  c.down_time_share_rolling_2 AS of_7_days,
  c.down_time_share_to_date AS of_the_year,
  c.down_time_share_3 AS waiting,
  c.down_known_time_share AS since_february,
  c.down_known_time_share_rolling AS of_45_since_february,
  c.down_time_share_2 - c.down_time_share_previous AS growth
FROM cells AS c
ORDER BY c.period_start;
