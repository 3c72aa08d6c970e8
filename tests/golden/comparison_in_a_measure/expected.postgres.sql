WITH
-- tasks by day
tasks_atoms AS (
  SELECT
    tasks.due_on AS period_start,
    (tasks.done_on > tasks.due_on) IS TRUE AS late,
    count(*) AS tasks,
    count(*) FILTER (WHERE tasks.done_on <= tasks.due_on) AS on_time,
    count(*) FILTER (WHERE (tasks.done_on <= tasks.due_on) IS NOT TRUE) AS not_on_time,
    count(*) FILTER (WHERE CAST(EXTRACT(isodow FROM tasks.due_on) AS INTEGER) IN (6, 7)) AS weekend,
    count(*) FILTER (WHERE tasks.due_on < DATE '2026-06-01') AS before_june,
    count(*) FILTER (WHERE tasks.done_on <= CAST(tasks.due_on AS DATE) - 7) AS soon
  FROM tasks
  WHERE tasks.due_on >= DATE '2026-01-01'
    AND tasks.due_on < DATE '2027-01-01'
  GROUP BY 1, 2
),
-- tasks: tasks, on_time, not_on_time, weekend, before_june, soon by year
tasks_yearly AS (
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    'late' AS slicing,
    i.late,
    CAST(sum(i.tasks) AS BIGINT) AS tasks,
    CAST(sum(i.on_time) AS BIGINT) AS on_time,
    CAST(sum(i.not_on_time) AS BIGINT) AS not_on_time,
    CAST(sum(i.weekend) AS BIGINT) AS weekend,
    CAST(sum(i.before_june) AS BIGINT) AS before_june,
    CAST(sum(i.soon) AS BIGINT) AS soon
  FROM tasks_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('year', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS BOOLEAN) AS late,
    CAST(sum(i.tasks) AS BIGINT) AS tasks,
    CAST(sum(i.on_time) AS BIGINT) AS on_time,
    CAST(sum(i.not_on_time) AS BIGINT) AS not_on_time,
    CAST(sum(i.weekend) AS BIGINT) AS weekend,
    CAST(sum(i.before_june) AS BIGINT) AS before_june,
    CAST(sum(i.soon) AS BIGINT) AS soon
  FROM tasks_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 year') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'late' AS slicing,
    i.late
  FROM tasks_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS BOOLEAN) AS late
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.late,
    r.tasks,
    r.on_time,
    r.not_on_time,
    r.weekend,
    r.before_june,
    r.soon
  FROM tasks_yearly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.late,
    CAST(NULL AS BIGINT) AS tasks,
    CAST(NULL AS BIGINT) AS on_time,
    CAST(NULL AS BIGINT) AS not_on_time,
    CAST(NULL AS BIGINT) AS weekend,
    CAST(NULL AS BIGINT) AS before_june,
    CAST(NULL AS BIGINT) AS soon
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.late,
    COALESCE(max(k.tasks), 0) AS tasks,
    COALESCE(max(k.on_time), 0) AS on_time,
    COALESCE(max(k.not_on_time), 0) AS not_on_time,
    COALESCE(max(k.weekend), 0) AS weekend,
    COALESCE(max(k.before_june), 0) AS before_june,
    COALESCE(max(k.soon), 0) AS soon
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.late,
  c.tasks,
  c.on_time,
  c.not_on_time,
  c.weekend,
  c.before_june,
  c.soon
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'late' THEN 1 END,
  c.late NULLS LAST,
  c.period_start;
