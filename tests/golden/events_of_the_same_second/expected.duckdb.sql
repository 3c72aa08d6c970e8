WITH
-- rows of the first step's source
journey_first AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    row_number() OVER (PARTITION BY events.visitor_id ORDER BY events."at", events.id) AS tie,
    events.id AS key_1,
    (events.name = 'visit') IS TRUE AS is_step_1,
    (events.name = 'cart') IS TRUE AS is_step_2,
    FALSE AS is_step_3
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND ((events.name = 'visit') IS TRUE OR (events.name = 'cart') IS TRUE)
),
-- rows that may be a step
journey_stream AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.tie,
    f.is_step_1,
    f.is_step_2,
    f.is_step_3
  FROM journey_first AS f
  UNION ALL
  SELECT
    orders.visitor_id AS entity,
    orders."at",
    1 AS stream,
    row_number() OVER (PARTITION BY orders.visitor_id ORDER BY orders."at", orders.id) AS tie,
    FALSE AS is_step_1,
    FALSE AS is_step_2,
    TRUE AS is_step_3
  FROM orders
  WHERE orders.visitor_id IS NOT NULL
    AND orders."at" >= TIMESTAMP '2026-01-01 00:00:00'
),
-- in the order of time; rows at the same time by their key
journey_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.stream, s.tie) AS place
  FROM journey_stream AS s
),
-- where each step is taken next
journey_next AS (
  SELECT
    s.entity,
    s."at",
    s.place,
    s.is_step_1,
    s.tie,
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
    s1.entity,
    s1.tie,
    s2."at" AS kpic_step_2,
    s3."at" AS kpic_step_3
  FROM journey_next AS s1
  LEFT JOIN journey_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2."at" < s1."at" + INTERVAL '1 hour'
  LEFT JOIN journey_next AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
    AND s3."at" < s1."at" + INTERVAL '1 hour'
  WHERE s1.is_step_1
),
-- the rows of the first step
journey AS (
  SELECT
    events.*,
    m.kpic_step_2,
    m.kpic_step_3
  FROM events
  JOIN journey_first AS k ON k.key_1 = events.id
  JOIN journey_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
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
-- events: journey_visit, journey_cart, journey_purchase by month, settled 1 hour
events_distinct_monthly_settled_1_hour AS (
  SELECT
    i.period_start,
    CAST(sum(i.entities) AS BIGINT) AS journey_visit,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_purchase
  FROM events_counts AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.journey_visit, 0) AS journey_visit,
    COALESCE(r1.journey_cart, 0) AS journey_cart,
    COALESCE(r1.journey_purchase, 0) AS journey_purchase
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_1_hour AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.journey_visit AS visited,
  c.journey_cart AS filled,
  c.journey_purchase AS bought
FROM cells AS c
ORDER BY c.period_start;
