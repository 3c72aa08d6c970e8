WITH
-- tickets by day
tickets_atoms AS (
  SELECT
    CAST(tickets.opened_at AS DATE) AS period_start,
    answer.team,
    count(*) AS tickets,
    count(*) FILTER (WHERE answer.reply_id IS NOT NULL) AS answered,
    sum(CAST(epoch_us(answer.replied_at) - epoch_us(tickets.opened_at) AS DOUBLE) / 1000000) AS time_to_answer_sum,
    count(CAST(epoch_us(answer.replied_at) - epoch_us(tickets.opened_at) AS DOUBLE) / 1000000) AS time_to_answer_count
  FROM tickets
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
    FROM (
      SELECT DISTINCT
        tickets.id AS kpic_value_1,
        tickets.opened_at AS kpic_at,
        CAST(NULL AS BIGINT) AS kpic_counts
      FROM tickets
      WHERE tickets.id IS NOT NULL
        AND tickets.opened_at IS NOT NULL
      UNION ALL
      SELECT
        replies.id AS kpic_value_1,
        replies.replied_at AS kpic_at,
        1 AS kpic_counts
      FROM replies
      WHERE replies.id IS NOT NULL
        AND replies.replied_at IS NOT NULL
        AND NOT COALESCE(replies.is_robot, FALSE)
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS answer_number
    ON answer_number.kpic_value_1 = tickets.id
    AND answer_number.kpic_at = tickets.opened_at
  LEFT JOIN (
    SELECT
      replies.*,
      replies.replied_at AS kpic_at,
      row_number() OVER (PARTITION BY replies.id ORDER BY replies.replied_at, replies.reply_id) AS kpic_number
    FROM replies
    WHERE replies.id IS NOT NULL
      AND replies.replied_at IS NOT NULL
      AND NOT COALESCE(replies.is_robot, FALSE)
  ) AS answer
    ON answer.id = tickets.id
    AND answer.kpic_number = answer_number.kpic_number + 1
    AND answer.kpic_at < tickets.opened_at + INTERVAL '24 hours'
  WHERE tickets.opened_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND tickets.opened_at < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- tickets: tickets, answered, time_to_answer by month
tickets_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'team' AS slicing,
    i.team,
    CAST(sum(i.tickets) AS BIGINT) AS tickets,
    CAST(sum(i.answered) AS BIGINT) AS answered,
    CAST(sum(i.time_to_answer_sum) AS DOUBLE) / NULLIF(sum(i.time_to_answer_count), 0) AS time_to_answer
  FROM tickets_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS team,
    CAST(sum(i.tickets) AS BIGINT) AS tickets,
    CAST(sum(i.answered) AS BIGINT) AS answered,
    CAST(sum(i.time_to_answer_sum) AS DOUBLE) / NULLIF(sum(i.time_to_answer_count), 0) AS time_to_answer
  FROM tickets_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'team' AS slicing,
    i.team
  FROM tickets_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS team
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.team,
    r.tickets,
    r.answered,
    r.time_to_answer
  FROM tickets_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.team,
    CAST(NULL AS BIGINT) AS tickets,
    CAST(NULL AS BIGINT) AS answered,
    CAST(NULL AS DOUBLE) AS time_to_answer
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.team,
    COALESCE(max(k.tickets), 0) AS tickets,
    COALESCE(max(k.answered), 0) AS answered,
    max(k.time_to_answer) AS time_to_answer
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.team,
  c.tickets,
  c.answered,
  c.time_to_answer
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'team' THEN 1 END,
  c.team NULLS LAST,
  c.period_start;
