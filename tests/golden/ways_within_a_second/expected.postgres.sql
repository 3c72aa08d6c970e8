WITH
-- rows that may be a step
journey_stream AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    events.id AS key_1,
    (events.name = 'visit') IS TRUE AS is_step_1,
    (events.name = 'cart') IS TRUE AS is_step_2,
    (events.name = 'buy') IS TRUE AS is_step_3
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND (
      (events.name = 'visit') IS TRUE
      OR (events.name = 'cart') IS TRUE
      OR (events.name = 'buy') IS TRUE
    )
),
-- in the order of time; rows at the same time by their key
journey_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.key_1) AS place
  FROM journey_stream AS s
),
-- where each step is taken next
journey_next AS (
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
    ) AS next_2,
    min(CASE WHEN s.is_step_3 THEN s.place END) OVER (
      PARTITION BY s.entity
      ORDER BY s.place DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS next_3
  FROM journey_order AS s
),
-- the first step, and when those behind it are taken
journey_steps AS (
  SELECT
    s1.key_1,
    s2."at" AS kpic_step_2,
    s3."at" AS kpic_step_3
  FROM journey_next AS s1
  LEFT JOIN journey_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '2 days'
  LEFT JOIN journey_next AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
    AND s3.local < s1.local + INTERVAL '2 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
journey AS (
  SELECT
    events.*,
    m.kpic_step_2,
    m.kpic_step_3
  FROM events
  JOIN journey_steps AS m ON m.key_1 = events.id
),
-- events: each counted value once a month
events_entities AS (
  SELECT
    CAST(date_trunc('month', events."at") AS DATE) AS period_start,
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
-- the first step, and when those behind it are taken
journey_steps_2 AS (
  SELECT
    s1.key_1,
    s1."at" AS kpic_step_1,
    s2."at" AS kpic_step_2,
    s3."at" AS kpic_step_3
  FROM journey_next AS s1
  LEFT JOIN journey_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '2 days'
  LEFT JOIN journey_next AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
    AND s3.local < s1.local + INTERVAL '2 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
journey_2 AS (
  SELECT
    events.*,
    m.kpic_step_1,
    m.kpic_step_2,
    m.kpic_step_3
  FROM events
  JOIN journey_steps_2 AS m ON m.key_1 = events.id
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
      sum(
        CAST(EXTRACT(epoch FROM c.journey_cart_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          CAST(EXTRACT(epoch FROM c.journey_cart_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
        ), 0
      ) AS per_visitor
  FROM cells AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- events by day
events_atoms_2 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey_2 AS events
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
      sum(
        CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
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
    max(
      CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_cart_at) AS DOUBLE PRECISION)
    ) AS per_visitor_3
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
