WITH
-- rows of the step visit, in order
by_days_visit_rows AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS local,
    events.id AS key_1,
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- rows of the step cart, in order
by_days_cart_rows AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS local,
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events.name = 'cart'
),
-- those who reach the step cart in time
by_days_to_cart AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    s.local,
    n.place,
    n."at" AS kpic_step_2
  FROM by_days_visit_rows AS s
  ASOF JOIN by_days_cart_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n.local < s.local + INTERVAL '7 days'
),
-- the rows of the first step
by_days AS (
  SELECT
    events.*,
    m.kpic_step_2
  FROM events
  LEFT JOIN by_days_to_cart AS m ON m.key_1 = events.id
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
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
-- rows of the step visit, in order
by_hours_visit_rows AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events.id AS key_1,
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- rows of the step cart, in order
by_hours_cart_rows AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events.name = 'cart'
),
-- those who reach the step cart in time
by_hours_to_cart AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    n.place,
    n."at" AS kpic_step_2
  FROM by_hours_visit_rows AS s
  ASOF JOIN by_hours_cart_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n."at" < s."at" + INTERVAL '168 hours'
),
-- the rows of the first step
by_hours AS (
  SELECT
    events.*,
    m.kpic_step_2
  FROM events
  LEFT JOIN by_hours_to_cart AS m ON m.key_1 = events.id
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
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
