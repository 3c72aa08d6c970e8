WITH
-- tickets by day
tickets_atoms AS (
  SELECT
    tickets.opened_on AS period_start,
    sum(tickets.answers) AS answers,
    count(*) AS tickets,
    sum(CAST(tickets.minutes AS DOUBLE) / 60) AS hours
  FROM tickets
  WHERE tickets.opened_on >= DATE '2026-05-01'
    AND tickets.opened_on < DATE '2026-06-01'
  GROUP BY 1
),
-- tickets: answers, tickets, hours by month
tickets_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.answers) AS answers,
    CAST(sum(i.tickets) AS BIGINT) AS tickets,
    sum(i.hours) AS hours
  FROM tickets_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-05-01', TIMESTAMP '2026-05-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.answers, 0) AS answers,
    COALESCE(r1.tickets, 0) AS tickets,
    COALESCE(r1.hours, 0) AS hours
  FROM spine AS p
  LEFT JOIN tickets_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.answers AS DOUBLE) / NULLIF(c.tickets, 0) AS answers_per_ticket,
  CAST(c.tickets AS DOUBLE) / 2 AS half,
  c.hours
FROM cells AS c
ORDER BY c.period_start;
