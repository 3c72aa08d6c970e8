WITH
-- rows that may be a step
journey_stream AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    events.id AS key_1,
    (events.name = 'page_view') IS TRUE AS is_step_1,
    (events.name = 'add_to_cart') IS TRUE AS is_step_2
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND ((events.name = 'page_view') IS TRUE OR (events.name = 'add_to_cart') IS TRUE)
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
    ) AS next_2
  FROM journey_order AS s
),
-- the first step, and when those behind it are taken
journey_steps AS (
  SELECT
    s1.key_1,
    s2."at" AS kpic_step_2
  FROM journey_next AS s1
  LEFT JOIN journey_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '7 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
journey AS (
  SELECT
    events.*,
    m.kpic_step_2
  FROM events
  JOIN journey_steps AS m ON m.key_1 = events.id
),
-- events: each counted value once a month
events_entities AS (
  SELECT
    CAST(date_trunc('month', events."at") AS DATE) AS period_start,
    events.device,
    events.visitor_id AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS journey_cart_counts
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit, journey_cart by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    'device' AS slicing,
    i.device,
    count(i.entity) AS journey_visit,
    count(i.entity) FILTER (WHERE i.journey_cart_counts) AS journey_cart
  FROM events_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS device,
    count(DISTINCT i.entity) AS journey_visit,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_cart_counts) AS journey_cart
  FROM events_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'device' AS slicing,
    i.device
  FROM events_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS device
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.journey_visit,
    r.journey_cart
  FROM events_distinct_monthly_settled_7_days AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.device,
    CAST(NULL AS BIGINT) AS journey_visit,
    CAST(NULL AS BIGINT) AS journey_cart
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    COALESCE(max(k.journey_visit), 0) AS journey_visit,
    COALESCE(max(k.journey_cart), 0) AS journey_cart
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.device,
  c.journey_visit AS visited,
  c.journey_cart AS filled,
  CAST(c.journey_cart AS DOUBLE PRECISION) / NULLIF(c.journey_visit, 0) AS rate
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'device' THEN 1 END,
  c.device NULLS LAST,
  c.period_start;
