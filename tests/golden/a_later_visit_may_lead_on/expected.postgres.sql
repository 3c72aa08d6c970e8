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
    (events.name = 'purchase') IS TRUE AS is_step_3
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2025-11-01 00:00:00'
    AND (
      (events.name = 'visit') IS TRUE
      OR (events.name = 'cart') IS TRUE
      OR (events.name = 'purchase') IS TRUE
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
    AND s2.local < s1.local + INTERVAL '7 days'
  LEFT JOIN journey_next AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
    AND s3.local < s1.local + INTERVAL '7 days'
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
