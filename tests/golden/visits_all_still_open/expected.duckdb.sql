WITH
-- rows of the step visit, in order
journey_visit_rows AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    events.id AS key_1,
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-04 00:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- rows of the step purchase, in order
journey_purchase_rows AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-04 00:00:00'
    AND events.name = 'purchase'
),
-- those who reach the step purchase in time
journey_to_purchase AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    s.local,
    n.place,
    n."at" AS kpic_step_2
  FROM journey_visit_rows AS s
  ASOF JOIN journey_purchase_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n.local < s.local + INTERVAL '7 days'
),
-- the rows of the first step
journey AS (
  SELECT
    events.*,
    m.kpic_step_2
  FROM events
  LEFT JOIN journey_to_purchase AS m ON m.key_1 = events.id
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-04 00:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- events: each counted value once a day
events_entities AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS journey_purchase_counts
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-01-28 00:00:00'
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-01-28')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_visit, journey_purchase by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS journey_visit,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_purchase_counts) AS journey_purchase
  FROM events_entities AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    CASE WHEN p.period_start < DATE '2026-02-01' THEN COALESCE(r1.journey_visit, 0) END AS journey_visit,
    CASE WHEN p.period_start < DATE '2026-02-01' THEN COALESCE(r1.journey_purchase, 0) END AS journey_purchase
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.journey_visit AS visited,
  c.journey_purchase AS bought,
  CAST(c.journey_purchase AS DOUBLE) / NULLIF(c.journey_visit, 0) AS conversion
FROM cells AS c
ORDER BY c.period_start;
