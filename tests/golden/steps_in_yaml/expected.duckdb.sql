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
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
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
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
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
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
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
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
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
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total AS (
  SELECT
    i.period_start,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.entities) AS BIGINT) AS journey_visit_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_purchase_total
  FROM events_counts AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the steps of the funnel
journey_each AS (
  SELECT *
  FROM (
    VALUES
      ('visit'),
      ('cart'),
      ('purchase')
  ) AS q(step)
),
-- the members that occur
members AS (
  SELECT
    f1.step AS "journey.step"
  FROM journey_each AS f1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    p.period_start,
    m."journey.step"
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k."journey.step"
  FROM stack AS k
  GROUP BY 1, 2
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m."journey.step",
    COALESCE(t1.journey_visit_total, 0) AS journey_visit_total,
    COALESCE(t1.journey_cart_total, 0) AS journey_cart_total,
    COALESCE(t1.journey_purchase_total, 0) AS journey_purchase_total
  FROM merged AS m
  LEFT JOIN events_settled_7_days_total AS t1 ON t1.period_start = m.period_start
)
SELECT
  c.period_start,
  'journey.step' AS slicing,
  'all' AS segment,
  c."journey.step",
  CASE
    WHEN c."journey.step" = 'visit' THEN c.journey_visit_total
    WHEN c."journey.step" = 'cart' THEN c.journey_cart_total
    WHEN c."journey.step" = 'purchase' THEN c.journey_purchase_total
  END AS reached,
  CASE
    WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE)
        / NULLIF(c.journey_visit_total, 0)
    WHEN c."journey.step" = 'purchase' THEN CAST(c.journey_purchase_total AS DOUBLE)
        / NULLIF(c.journey_cart_total, 0)
  END AS rate
FROM cells AS c
ORDER BY
  CASE
    WHEN c."journey.step" = 'visit' THEN 0
    WHEN c."journey.step" = 'cart' THEN 1
    WHEN c."journey.step" = 'purchase' THEN 2
  END NULLS LAST,
  c.period_start;
