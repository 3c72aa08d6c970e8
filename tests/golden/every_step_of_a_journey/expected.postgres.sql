WITH
-- rows of the first step's source
journey_first AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    row_number() OVER (PARTITION BY events.visitor_id ORDER BY events."at", events.id) AS tie,
    events.id AS key_1,
    (events.name = 'page_view') IS TRUE AS is_step_1,
    (events.name = 'add_to_cart') IS TRUE AS is_step_2,
    FALSE AS is_step_3
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2025-12-01 00:00:00'
    AND ((events.name = 'page_view') IS TRUE OR (events.name = 'add_to_cart') IS TRUE)
),
-- rows that may be a step
journey_stream AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.local,
    f.tie,
    f.is_step_1,
    f.is_step_2,
    f.is_step_3
  FROM journey_first AS f
  UNION ALL
  SELECT
    orders.visitor_id AS entity,
    orders.ordered_at AS "at",
    1 AS stream,
    orders.ordered_at AS local,
    row_number() OVER (PARTITION BY orders.visitor_id ORDER BY orders.ordered_at, orders.order_id) AS tie,
    FALSE AS is_step_1,
    FALSE AS is_step_2,
    TRUE AS is_step_3
  FROM orders
  WHERE orders.visitor_id IS NOT NULL
    AND orders.ordered_at >= TIMESTAMP '2025-12-01 00:00:00'
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
    s.local,
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
  JOIN journey_first AS k ON k.key_1 = events.id
  JOIN journey_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- events: each counted value once a month
events_entities AS (
  SELECT
    CAST(date_trunc('month', events."at") AS DATE) AS period_start,
    events.device,
    events.visitor_id AS entity,
    bit_or(
      CASE WHEN events.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2025-12-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: how many values fulfil which conditions together
events_counts AS (
  SELECT
    i.period_start,
    i.device,
    i.fulfils,
    count(i.entity) AS entities
  FROM events_entities AS i
  GROUP BY 1, 2, 3
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total AS (
  SELECT
    i.period_start,
    'device,journey.step' AS slicing,
    NULL AS "journey.step",
    i.device,
    CAST(sum(i.entities) AS BIGINT) AS journey_visit_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_bought_total
  FROM events_counts AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'journey.step' AS slicing,
    NULL AS "journey.step",
    NULL AS device,
    count(DISTINCT i.entity) AS journey_visit_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_total
  FROM events_entities AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous settled 7 days
previous_settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- events over all members of journey.step, previous settled 7 days
events_previous_settled_7_days_total AS (
  SELECT
    w.period_start,
    'device,journey.step' AS slicing,
    NULL AS "journey.step",
    i.device,
    count(DISTINCT i.entity) AS journey_visit_previous_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_previous_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_previous_total
  FROM events_entities AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
  UNION ALL
  SELECT
    w.period_start,
    'journey.step' AS slicing,
    NULL AS "journey.step",
    NULL AS device,
    count(DISTINCT i.entity) AS journey_visit_previous_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_previous_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_previous_total
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
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the steps of the funnel
journey_each AS (
  SELECT *
  FROM (
    VALUES
      ('visit'),
      ('cart'),
      ('bought')
  ) AS q(step)
),
-- the members that occur
members AS (
  SELECT
    'device,journey.step' AS slicing,
    f1.step AS "journey.step",
    i.device
  FROM events_counts AS i
  CROSS JOIN journey_each AS f1
  GROUP BY 3, 2
  UNION ALL
  SELECT
    'journey.step' AS slicing,
    f1.step AS "journey.step",
    NULL AS device
  FROM journey_each AS f1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    p.period_start,
    m.slicing,
    m."journey.step",
    m.device
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k."journey.step",
    k.device
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.slicing,
    m."journey.step",
    m.device,
    COALESCE(t1.journey_visit_total, 0) AS journey_visit_total,
    COALESCE(t1.journey_cart_total, 0) AS journey_cart_total,
    COALESCE(t1.journey_bought_total, 0) AS journey_bought_total,
    COALESCE(t2.journey_visit_previous_total, 0) AS journey_visit_previous_total,
    COALESCE(t2.journey_cart_previous_total, 0) AS journey_cart_previous_total,
    COALESCE(t2.journey_bought_previous_total, 0) AS journey_bought_previous_total
  FROM merged AS m
  LEFT JOIN events_settled_7_days_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.device IS NOT DISTINCT FROM m.device
  LEFT JOIN events_previous_settled_7_days_total AS t2
    ON t2.period_start = m.period_start
    AND t2.slicing = m.slicing
    AND t2.device IS NOT DISTINCT FROM m.device
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c."journey.step",
  c.device,
  CASE
    WHEN c."journey.step" = 'visit' THEN c.journey_visit_total
    WHEN c."journey.step" = 'cart' THEN c.journey_cart_total
    WHEN c."journey.step" = 'bought' THEN c.journey_bought_total
  END AS reached,
  CASE
    WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE PRECISION)
        / NULLIF(c.journey_visit_total, 0)
    WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_total AS DOUBLE PRECISION)
        / NULLIF(c.journey_cart_total, 0)
  END AS rate,
  1
    - CASE
      WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE PRECISION)
          / NULLIF(c.journey_visit_total, 0)
      WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_total AS DOUBLE PRECISION)
          / NULLIF(c.journey_cart_total, 0)
    END AS drop_off,
  CAST(
    CASE
      WHEN c."journey.step" = 'visit' THEN c.journey_visit_total
      WHEN c."journey.step" = 'cart' THEN c.journey_cart_total
      WHEN c."journey.step" = 'bought' THEN c.journey_bought_total
    END AS DOUBLE PRECISION
  )
    / NULLIF(c.journey_visit_total, 0) AS of_visits,
  CASE
    WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_previous_total AS DOUBLE PRECISION)
        / NULLIF(c.journey_visit_previous_total, 0)
    WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_previous_total AS DOUBLE PRECISION)
        / NULLIF(c.journey_cart_previous_total, 0)
  END AS rate_before
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'journey.step' THEN 0 WHEN c.slicing = 'device,journey.step' THEN 1 END,
  CASE
    WHEN c."journey.step" = 'visit' THEN 0
    WHEN c."journey.step" = 'cart' THEN 1
    WHEN c."journey.step" = 'bought' THEN 2
  END NULLS LAST,
  c.device NULLS LAST,
  c.period_start;
