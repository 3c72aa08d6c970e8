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
    AND events."at" < TIMESTAMP '2026-04-04 22:00:00'
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
    AND events."at" < TIMESTAMP '2026-04-04 22:00:00'
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
    AND events."at" < TIMESTAMP '2026-04-04 22:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- events: each counted value once a day
events_entities AS (
  SELECT
    CAST(events."at" + INTERVAL '1 hour' AS DATE) AS period_start,
    events.visitor_id AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS by_days_cart_counts
  FROM by_days AS events
  WHERE events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events."at" < TIMESTAMP '2026-03-28 23:00:00'
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-29')
  ) AS q(period_start, window_start, window_end)
),
-- events: by_days_visit, by_days_cart by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS by_days_visit,
    count(DISTINCT i.entity) FILTER (WHERE i.by_days_cart_counts) AS by_days_cart
  FROM events_entities AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
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
    AND events."at" < TIMESTAMP '2026-04-04 22:00:00'
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
    AND events."at" < TIMESTAMP '2026-04-04 22:00:00'
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
    AND events."at" < TIMESTAMP '2026-04-04 22:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- the time that each period reads: settled 168 hours
settled_168_hours AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', TIMESTAMP '2026-02-28 23:00:00', TIMESTAMP '2026-03-28 22:00:00')
  ) AS q(period_start, window_start, window_end)
),
-- events: each counted value once a month
events_entities_2 AS (
  SELECT
    w.period_start,
    events.visitor_id AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS by_hours_cart_counts
  FROM by_hours AS events
  JOIN settled_168_hours AS w
    ON events."at" >= w.window_start
    AND events."at" < w.window_end
  WHERE events."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND events."at" < TIMESTAMP '2026-03-28 22:00:00'
  GROUP BY 1, 2
),
-- events: by_hours_visit, by_hours_cart by month, settled 168 hours
events_distinct_monthly_settled_168_hours AS (
  SELECT
    i.period_start,
    count(i.entity) AS by_hours_visit,
    count(i.entity) FILTER (WHERE i.by_hours_cart_counts) AS by_hours_cart
  FROM events_entities_2 AS i
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
    COALESCE(r2.by_hours_visit, 0) AS by_hours_visit,
    COALESCE(r2.by_hours_cart, 0) AS by_hours_cart
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN events_distinct_monthly_settled_168_hours AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.by_days_visit AS visited_by_days,
  c.by_days_cart AS carts_by_days,
  c.by_hours_visit AS visited_by_hours,
  c.by_hours_cart AS carts_by_hours
FROM cells AS c
ORDER BY c.period_start;
