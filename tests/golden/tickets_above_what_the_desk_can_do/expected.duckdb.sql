WITH
-- tickets: what comes and goes
tickets_changes AS (
  SELECT
    GREATEST(tickets.opened_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    count(*) AS open_tickets
  FROM tickets
  WHERE tickets.opened_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(tickets.closed_at, tickets.opened_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    -count(*) AS open_tickets
  FROM tickets
  WHERE tickets.opened_at < TIMESTAMP '2026-05-06 00:00:00'
    AND tickets.closed_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
),
-- duties: what comes and goes
duties_changes AS (
  SELECT
    GREATEST(duties.started_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    count(*) AS agents
  FROM duties
  WHERE duties.started_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(duties.ended_at, duties.started_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    -count(*) AS agents
  FROM duties
  WHERE duties.started_at < TIMESTAMP '2026-05-06 00:00:00'
    AND duties.ended_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
),
-- open_tickets_time_share: what changes in each slice
tickets_changes_by_slice AS (
  SELECT
    i.since,
    i.open_tickets,
    CAST(NULL AS BIGINT) AS agents
  FROM tickets_changes AS i
  UNION ALL
  SELECT
    i.since,
    CAST(NULL AS BIGINT) AS open_tickets,
    i.agents
  FROM duties_changes AS i
),
-- open_tickets_time_share: what is there from one change to the next
open_tickets_time_share_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-05-06 00:00:00') AS until,
    COALESCE(
      sum(sum(i.open_tickets)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS open_tickets,
    COALESCE(
      sum(sum(i.agents)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS agents
  FROM tickets_changes_by_slice AS i
  GROUP BY 1
),
-- the time that each period reads, in UTC, and its length
times AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-05-03', TIMESTAMP '2026-05-03 00:00:00', TIMESTAMP '2026-05-04 00:00:00', 86400),
      (DATE '2026-05-04', TIMESTAMP '2026-05-04 00:00:00', TIMESTAMP '2026-05-05 00:00:00', 86400),
      (DATE '2026-05-05', TIMESTAMP '2026-05-05 00:00:00', TIMESTAMP '2026-05-06 00:00:00', 86400)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- open_tickets_time_share: the share of each period in which the condition holds
open_tickets_time_share_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
      ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS open_tickets_time_share
  FROM open_tickets_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.open_tickets > 2
    AND i.agents <= 1
  GROUP BY 1, w.seconds
),
-- tickets: what comes and goes
tickets_changes_2 AS (
  SELECT
    GREATEST(tickets.opened_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    count(*) AS open_tickets
  FROM tickets
  WHERE tickets.opened_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(tickets.closed_at, tickets.opened_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    -count(*) AS open_tickets
  FROM tickets
  WHERE tickets.opened_at < TIMESTAMP '2026-05-06 00:00:00'
    AND tickets.closed_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
),
-- duties: what comes and goes
duties_changes_2 AS (
  SELECT
    GREATEST(duties.started_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    count(*) AS agents
  FROM duties
  WHERE duties.started_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(duties.ended_at, duties.started_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    -count(*) AS agents
  FROM duties
  WHERE duties.started_at < TIMESTAMP '2026-05-06 00:00:00'
    AND duties.ended_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
),
-- open_tickets_time_share_2: what changes in each slice
tickets_changes_by_slice_2 AS (
  SELECT
    i.since,
    i.open_tickets,
    CAST(NULL AS BIGINT) AS agents
  FROM tickets_changes_2 AS i
  UNION ALL
  SELECT
    i.since,
    CAST(NULL AS BIGINT) AS open_tickets,
    i.agents
  FROM duties_changes_2 AS i
),
-- open_tickets_time_share_2: what is there from one change to the next
open_tickets_time_share_2_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-05-06 00:00:00') AS until,
    COALESCE(
      sum(sum(i.open_tickets)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS open_tickets,
    COALESCE(
      sum(sum(i.agents)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS agents
  FROM tickets_changes_by_slice_2 AS i
  GROUP BY 1
),
-- open_tickets_time_share_2: the share of each period in which the condition holds
open_tickets_time_share_2_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
      ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS open_tickets_time_share_2
  FROM open_tickets_time_share_2_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.open_tickets > i.agents
  GROUP BY 1, w.seconds
),
-- tickets: what comes and goes
tickets_changes_3 AS (
  SELECT
    GREATEST(tickets.opened_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    count(*) AS open_tickets
  FROM tickets
  WHERE tickets.opened_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(tickets.closed_at, tickets.opened_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    -count(*) AS open_tickets
  FROM tickets
  WHERE tickets.opened_at < TIMESTAMP '2026-05-06 00:00:00'
    AND tickets.closed_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
),
-- duties: what comes and goes
duties_changes_3 AS (
  SELECT
    GREATEST(duties.started_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    count(*) AS agents
  FROM duties
  WHERE duties.started_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(duties.ended_at, duties.started_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    -count(*) AS agents
  FROM duties
  WHERE duties.started_at < TIMESTAMP '2026-05-06 00:00:00'
    AND duties.ended_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
),
-- open_tickets_time_share_3: what changes in each slice
tickets_changes_by_slice_3 AS (
  SELECT
    i.since,
    i.open_tickets,
    CAST(NULL AS BIGINT) AS agents
  FROM tickets_changes_3 AS i
  UNION ALL
  SELECT
    i.since,
    CAST(NULL AS BIGINT) AS open_tickets,
    i.agents
  FROM duties_changes_3 AS i
),
-- open_tickets_time_share_3: what is there from one change to the next
open_tickets_time_share_3_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-05-06 00:00:00') AS until,
    COALESCE(
      sum(sum(i.open_tickets)) OVER (
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS open_tickets,
    COALESCE(
      sum(sum(i.agents)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS agents
  FROM tickets_changes_by_slice_3 AS i
  GROUP BY 1
),
-- open_tickets_time_share_3: the share of each period in which the condition holds
open_tickets_time_share_3_result AS (
  SELECT
    w.period_start,
    CAST(
      sum(
        CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
      ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS open_tickets_time_share_3
  FROM open_tickets_time_share_3_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE CAST(i.open_tickets AS DOUBLE) / NULLIF(i.agents, 0) > 1.5
  GROUP BY 1, w.seconds
),
-- duties: what comes and goes
duties_changes_4 AS (
  SELECT
    GREATEST(duties.started_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    count(*) AS agents
  FROM duties
  WHERE duties.started_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
  UNION ALL
  SELECT
    GREATEST(duties.ended_at, duties.started_at, TIMESTAMP '2026-05-03 00:00:00') AS since,
    -count(*) AS agents
  FROM duties
  WHERE duties.started_at < TIMESTAMP '2026-05-06 00:00:00'
    AND duties.ended_at < TIMESTAMP '2026-05-06 00:00:00'
  GROUP BY 1
),
-- agents_time_share: what changes in each slice
duties_changes_by_slice AS (
  SELECT
    i.since,
    i.agents
  FROM duties_changes_4 AS i
),
-- agents_time_share: what is there from one change to the next
agents_time_share_states AS (
  SELECT
    i.since,
    COALESCE(lead(i.since) OVER (ORDER BY i.since), TIMESTAMP '2026-05-06 00:00:00') AS until,
    COALESCE(
      sum(sum(i.agents)) OVER (ORDER BY i.since RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS agents
  FROM duties_changes_by_slice AS i
  GROUP BY 1
),
-- agents_time_share: the share of each period in which the condition holds
agents_time_share_result AS (
  SELECT
    w.period_start,
    CAST(
      w.seconds
        - sum(
          CAST(epoch_us(LEAST(i.until, w.window_end)) - epoch_us(GREATEST(i.since, w.window_start)) AS DOUBLE) / 1000000
        ) AS DOUBLE
    )
      / NULLIF(w.seconds, 0) AS agents_time_share
  FROM agents_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE (i.agents > 0) IS TRUE
  GROUP BY 1, w.seconds
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-05-03', TIMESTAMP '2026-05-05', INTERVAL '1 day') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.open_tickets_time_share, 0) AS open_tickets_time_share,
    COALESCE(r2.open_tickets_time_share_2, 0) AS open_tickets_time_share_2,
    COALESCE(r3.open_tickets_time_share_3, 0) AS open_tickets_time_share_3,
    COALESCE(r4.agents_time_share, 1) AS agents_time_share
  FROM spine AS p
  LEFT JOIN open_tickets_time_share_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN open_tickets_time_share_2_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN open_tickets_time_share_3_result AS r3 ON r3.period_start = p.period_start
  LEFT JOIN agents_time_share_result AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.open_tickets_time_share AS overloaded,
  c.open_tickets_time_share_2 AS understaffed,
  c.open_tickets_time_share_3 AS loaded,
  c.agents_time_share AS alone
FROM cells AS c
ORDER BY c.period_start;
