WITH
-- rows that may be a step
by_days_stream AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS local,
    events.id AS key_1,
    (events.name = 'visit') IS TRUE AS is_step_1,
    (events.name = 'cart') IS TRUE AS is_step_2
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND ((events.name = 'visit') IS TRUE OR (events.name = 'cart') IS TRUE)
),
-- in the order of time; rows at the same time by their key
by_days_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.key_1) AS place
  FROM by_days_stream AS s
),
-- where each step is taken next
by_days_next AS (
  SELECT
    s.entity,
    s."at",
    s.place,
    s.is_step_1,
    s.local,
    s.key_1,
    min(CASE WHEN s.is_step_2 THEN s.place END) OVER (
      PARTITION BY s.entity
      ORDER BY s.place DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS next_2
  FROM by_days_order AS s
),
-- the first step, and when those behind it are taken
by_days_steps AS (
  SELECT
    s1.key_1,
    s2."at" AS kpic_step_2
  FROM by_days_next AS s1
  LEFT JOIN by_days_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '7 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
by_days AS (
  SELECT
    events.*,
    m.kpic_step_2
  FROM events
  JOIN by_days_steps AS m ON m.key_1 = events.id
),
-- events: each counted value once a month
events_entities AS (
  SELECT
    CAST(date_trunc('month', CASE
      WHEN events."at" < TIMESTAMP '2026-03-29 01:00:00' THEN events."at" + INTERVAL '1 hour'
      ELSE events."at" + INTERVAL '2 hours'
    END) AS DATE) AS period_start,
    events.visitor_id AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS by_days_cart_counts
  FROM by_days AS events
  WHERE events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events."at" < TIMESTAMP '2026-03-31 22:00:00'
  GROUP BY 1, 2
),
-- events: by_days_visit, by_days_cart by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    count(i.entity) AS by_days_visit,
    count(i.entity) FILTER (WHERE i.by_days_cart_counts) AS by_days_cart
  FROM events_entities AS i
  GROUP BY 1
),
-- rows that may be a step
by_hours_stream AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events.id AS key_1,
    (events.name = 'visit') IS TRUE AS is_step_1,
    (events.name = 'cart') IS TRUE AS is_step_2
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND ((events.name = 'visit') IS TRUE OR (events.name = 'cart') IS TRUE)
),
-- in the order of time; rows at the same time by their key
by_hours_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.key_1) AS place
  FROM by_hours_stream AS s
),
-- where each step is taken next
by_hours_next AS (
  SELECT
    s.entity,
    s."at",
    s.place,
    s.is_step_1,
    s.key_1,
    min(CASE WHEN s.is_step_2 THEN s.place END) OVER (
      PARTITION BY s.entity
      ORDER BY s.place DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS next_2
  FROM by_hours_order AS s
),
-- the first step, and when those behind it are taken
by_hours_steps AS (
  SELECT
    s1.key_1,
    s2."at" AS kpic_step_2
  FROM by_hours_next AS s1
  LEFT JOIN by_hours_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2."at" < s1."at" + INTERVAL '168 hours'
  WHERE s1.is_step_1
),
-- the rows of the first step
by_hours AS (
  SELECT
    events.*,
    m.kpic_step_2
  FROM events
  JOIN by_hours_steps AS m ON m.key_1 = events.id
),
-- events: by_hours_cart by month
events_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', CASE
      WHEN events."at" < TIMESTAMP '2026-03-29 01:00:00' THEN events."at" + INTERVAL '1 hour'
      ELSE events."at" + INTERVAL '2 hours'
    END) AS DATE) AS period_start,
    count(DISTINCT events.visitor_id) AS by_hours_cart
  FROM by_hours AS events
  WHERE events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events."at" < TIMESTAMP '2026-03-31 22:00:00'
    AND events.kpic_step_2 IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.by_days_visit, 0) AS by_days_visit,
    COALESCE(r1.by_days_cart, 0) AS by_days_cart,
    COALESCE(r2.by_hours_cart, 0) AS by_hours_cart
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN events_distinct_monthly AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.by_days_visit AS visited,
  c.by_days_cart AS in_seven_days,
  c.by_hours_cart AS in_168_hours
FROM cells AS c
ORDER BY c.period_start;
