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
    AND events."at" >= TIMESTAMP '2025-11-01 00:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- rows of the step cart, in order
journey_cart_rows AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2025-11-01 00:00:00'
    AND events.name = 'cart'
),
-- those who reach the step cart in time
journey_to_cart AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    s.local,
    n.place,
    n."at" AS kpic_step_2
  FROM journey_visit_rows AS s
  ASOF JOIN journey_cart_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n.local < s.local + INTERVAL '7 days'
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
    AND events."at" >= TIMESTAMP '2025-11-01 00:00:00'
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
    n."at" AS kpic_step_3
  FROM journey_to_cart AS s
  ASOF JOIN journey_purchase_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n.local < s.local + INTERVAL '7 days'
),
-- the rows of the first step
journey AS (
  SELECT
    events.*,
    m.kpic_step_2,
    m_2.kpic_step_3
  FROM events
  LEFT JOIN journey_to_cart AS m ON m.key_1 = events.id
  LEFT JOIN journey_to_purchase AS m_2 ON m_2.key_1 = events.id
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2025-11-01 00:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- events: each counted value once a month
events_entities AS (
  SELECT
    CAST(events."at" AS DATE) - CAST(day(events."at") - 1 AS INTEGER) AS period_start,
    events.visitor_id AS entity,
    bit_or(
      CASE WHEN events.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2025-11-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- events: how many values fulfil which conditions together
events_counts AS (
  SELECT
    i.period_start,
    i.fulfils,
    count(i.entity) AS entities
  FROM events_entities AS i
  GROUP BY 1, 2
),
-- events: journey_visit, journey_cart, journey_purchase by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    CAST(sum(i.entities) AS BIGINT) AS journey_visit,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_purchase
  FROM events_counts AS i
  WHERE i.period_start >= DATE '2025-12-01'
    AND i.period_start < DATE '2026-02-01'
  GROUP BY 1
),
-- the time that each period reads: previous settled 7 days
previous_settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2025-12-01', DATE '2025-11-01', DATE '2025-12-01'),
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_cart by month, previous settled 7 days
events_distinct_monthly_previous_settled_7_days AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_previous
  FROM events_entities AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2025-12-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.journey_visit, 0) AS journey_visit,
    COALESCE(r1.journey_cart, 0) AS journey_cart,
    COALESCE(r1.journey_purchase, 0) AS journey_purchase,
    COALESCE(r2.journey_cart_previous, 0) AS journey_cart_previous
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN events_distinct_monthly_previous_settled_7_days AS r2
    ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.journey_visit AS visited,
  c.journey_cart AS filled,
  c.journey_purchase AS bought,
  c.journey_cart_previous AS filled_before
FROM cells AS c
ORDER BY c.period_start;
