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
  WHERE n.local < s.local + INTERVAL '2 days'
),
-- rows of the step bought, in order
journey_bought_rows AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events.name = 'buy'
),
-- those who reach the step bought in time
journey_to_bought AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    s.local,
    n.place,
    n."at" AS kpic_step_3
  FROM journey_to_cart AS s
  ASOF JOIN journey_bought_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n.local < s.local + INTERVAL '2 days'
),
-- the rows of the first step
journey AS (
  SELECT
    events.*,
    m.kpic_step_2,
    m_2.kpic_step_3
  FROM events
  LEFT JOIN journey_to_cart AS m ON m.key_1 = events.id
  LEFT JOIN journey_to_bought AS m_2 ON m_2.key_1 = events.id
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
-- events: journey_visit, journey_cart, journey_bought by month, settled 2 days
events_distinct_monthly_settled_2_days AS (
  SELECT
    i.period_start,
    CAST(sum(i.entities) AS BIGINT) AS journey_visit,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_bought
  FROM events_counts AS i
  GROUP BY 1
),
-- the rows of the first step
journey_2 AS (
  SELECT
    events.*,
    events."at" AS kpic_step_1,
    m.kpic_step_2
  FROM events
  LEFT JOIN journey_to_cart AS m ON m.key_1 = events.id
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- events by day
events_atoms AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_2) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_cart_at,
    count(*) AS events_rows
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- events: journey_visit_at, journey_cart_at, events_rows by month, settled 2 days
events_monthly_settled_2_days AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_cart_at) AS journey_cart_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.visitor,
    r.journey_visit_at,
    r.journey_cart_at,
    r.events_rows
  FROM events_monthly_settled_2_days AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.visitor,
    max(k.journey_visit_at) AS journey_visit_at,
    max(k.journey_cart_at) AS journey_cart_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_result AS (
  SELECT
    c.period_start,
    CAST(
      sum(CAST(epoch_us(c.journey_cart_at) - epoch_us(c.journey_visit_at) AS DOUBLE) / 1000000) AS DOUBLE
    )
      / NULLIF(
        count(CAST(epoch_us(c.journey_cart_at) - epoch_us(c.journey_visit_at) AS DOUBLE) / 1000000), 0
      ) AS per_visitor
  FROM cells AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- the rows of the first step
journey_3 AS (
  SELECT
    events.*,
    events."at" AS kpic_step_1,
    m.kpic_step_3
  FROM events
  LEFT JOIN journey_to_bought AS m ON m.key_1 = events.id
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- events by day
events_atoms_2 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey_3 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, settled 2 days
events_monthly_settled_2_days_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.journey_visit_at,
    r.journey_bought_at,
    r.events_rows
  FROM events_monthly_settled_2_days_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.visitor,
    max(k.journey_visit_at) AS journey_visit_at,
    max(k.journey_bought_at) AS journey_bought_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_2_result AS (
  SELECT
    c.period_start,
    CAST(
      sum(CAST(epoch_us(c.journey_bought_at) - epoch_us(c.journey_visit_at) AS DOUBLE) / 1000000) AS DOUBLE
    )
      / NULLIF(
        count(
          CAST(epoch_us(c.journey_bought_at) - epoch_us(c.journey_visit_at) AS DOUBLE) / 1000000
        ), 0
      ) AS per_visitor_2
  FROM cells_2 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- events by day
events_atoms_3 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS visitor,
    min(events.kpic_step_2) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_cart_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- events: journey_cart_at, journey_bought_at, events_rows by month, settled 2 days
events_monthly_settled_2_days_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    min(i.journey_cart_at) AS journey_cart_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_3 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.journey_cart_at,
    r.journey_bought_at,
    r.events_rows
  FROM events_monthly_settled_2_days_3 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.visitor,
    max(k.journey_cart_at) AS journey_cart_at,
    max(k.journey_bought_at) AS journey_bought_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_3_result AS (
  SELECT
    c.period_start,
    max(CAST(epoch_us(c.journey_bought_at) - epoch_us(c.journey_cart_at) AS DOUBLE) / 1000000) AS per_visitor_3
  FROM cells_3 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    COALESCE(r1.journey_visit, 0) AS journey_visit,
    COALESCE(r1.journey_cart, 0) AS journey_cart,
    COALESCE(r1.journey_bought, 0) AS journey_bought,
    r2.per_visitor,
    r3.per_visitor_2,
    r4.per_visitor_3
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_2_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_visitor_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_visitor_2_result AS r3 ON r3.period_start = p.period_start
  LEFT JOIN per_visitor_3_result AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.journey_visit AS visitors,
  c.journey_cart AS carts,
  c.journey_bought AS buyers,
  c.per_visitor AS to_cart,
  c.per_visitor_2 AS to_buy,
  c.per_visitor_3 AS slowest
FROM cells_4 AS c
ORDER BY c.period_start;
