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
    AND events."at" < TIMESTAMP '2026-04-04 22:00:00'
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
    AND events."at" < TIMESTAMP '2026-04-04 22:00:00'
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
