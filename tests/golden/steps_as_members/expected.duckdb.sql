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
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
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
    AND orders.ordered_at >= TIMESTAMP '2026-01-01 00:00:00'
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
    CAST(events."at" AS DATE) - CAST(day(events."at") - 1 AS INTEGER) AS period_start,
    events.device,
    events.visitor_id AS entity
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    'device' AS slicing,
    i.device,
    count(i.entity) AS journey_visit
  FROM events_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    count(DISTINCT i.entity) AS journey_visit
  FROM events_entities AS i
  GROUP BY 1
),
-- events: each counted value once a month
events_entities_2 AS (
  SELECT
    CAST(events."at" AS DATE) - CAST(day(events."at") - 1 AS INTEGER) AS period_start,
    events.device,
    events.visitor_id AS entity,
    bit_or(
      CASE WHEN events.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
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
  FROM events_entities_2 AS i
  GROUP BY 1, 2, 3
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total AS (
  SELECT
    i.period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.entities) AS BIGINT) AS journey_visit_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_bought_total
  FROM events_counts AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    count(DISTINCT i.entity) AS journey_visit_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_total
  FROM events_entities_2 AS i
  GROUP BY 1
),
-- events by day
events_atoms AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    count(*) AS events_rows_total
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_total) AS BIGINT) AS events_rows_total
  FROM events_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_total) AS BIGINT) AS events_rows_total
  FROM events_atoms AS i
  GROUP BY 1
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
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_2 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_2 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k."journey.step"
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.slicing,
    m.device,
    m."journey.step",
    COALESCE(t1.journey_visit_total, 0) AS journey_visit_total,
    COALESCE(t1.journey_cart_total, 0) AS journey_cart_total,
    COALESCE(t1.journey_bought_total, 0) AS journey_bought_total,
    COALESCE(t2.events_rows_total, 0) AS events_rows_total
  FROM merged AS m
  LEFT JOIN events_settled_7_days_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.device IS NOT DISTINCT FROM m.device
  LEFT JOIN events_settled_7_days_total_2 AS t2
    ON t2.period_start = m.period_start
    AND t2.slicing = m.slicing
    AND t2.device IS NOT DISTINCT FROM m.device
),
-- over each journey.step, those that take part
"per_journey.step_result" AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    min(
      CASE
        WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE)
            / NULLIF(c.journey_visit_total, 0)
        WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_total AS DOUBLE)
            / NULLIF(c.journey_cart_total, 0)
      END
    ) AS "per_journey.step"
  FROM cells AS c
  WHERE (c.events_rows_total > 0) IS TRUE
    AND c."journey.step" IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events: each counted value once a month
events_entities_3 AS (
  SELECT
    CAST(events."at" AS DATE) - CAST(day(events."at") - 1 AS INTEGER) AS period_start,
    events.device,
    events.visitor_id AS entity,
    bit_or(
      CASE WHEN events.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: how many values fulfil which conditions together
events_counts_2 AS (
  SELECT
    i.period_start,
    i.device,
    i.fulfils,
    count(i.entity) AS entities
  FROM events_entities_3 AS i
  GROUP BY 1, 2, 3
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total_3 AS (
  SELECT
    i.period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.entities) AS BIGINT) AS journey_visit_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_bought_total
  FROM events_counts_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    count(DISTINCT i.entity) AS journey_visit_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_total
  FROM events_entities_3 AS i
  GROUP BY 1
),
-- events by day
events_atoms_2 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    count(*) AS events_rows_total
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_total) AS BIGINT) AS events_rows_total
  FROM events_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_total) AS BIGINT) AS events_rows_total
  FROM events_atoms_2 AS i
  GROUP BY 1
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_3 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_3 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_4 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_4 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
),
-- one row a cell
merged_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k."journey.step"
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells_2 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.device,
    m."journey.step",
    COALESCE(t1.journey_visit_total, 0) AS journey_visit_total,
    COALESCE(t1.journey_cart_total, 0) AS journey_cart_total,
    COALESCE(t1.journey_bought_total, 0) AS journey_bought_total,
    COALESCE(t2.events_rows_total, 0) AS events_rows_total
  FROM merged_2 AS m
  LEFT JOIN events_settled_7_days_total_3 AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.device IS NOT DISTINCT FROM m.device
  LEFT JOIN events_settled_7_days_total_4 AS t2
    ON t2.period_start = m.period_start
    AND t2.slicing = m.slicing
    AND t2.device IS NOT DISTINCT FROM m.device
),
-- over each journey.step, those that take part
"per_journey.step_2_result" AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    max(
      CASE
        WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE)
            / NULLIF(c.journey_visit_total, 0)
        WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_total AS DOUBLE)
            / NULLIF(c.journey_cart_total, 0)
      END
    ) AS "per_journey.step_2"
  FROM cells_2 AS c
  WHERE (c.events_rows_total > 0) IS TRUE
    AND c."journey.step" IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events: each counted value once a month
events_entities_4 AS (
  SELECT
    CAST(events."at" AS DATE) - CAST(day(events."at") - 1 AS INTEGER) AS period_start,
    events.device,
    events.visitor_id AS entity,
    bit_or(
      CASE WHEN events.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: how many values fulfil which conditions together
events_counts_3 AS (
  SELECT
    i.period_start,
    i.device,
    i.fulfils,
    count(i.entity) AS entities
  FROM events_entities_4 AS i
  GROUP BY 1, 2, 3
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total_5 AS (
  SELECT
    i.period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.entities) AS BIGINT) AS journey_visit_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_bought_total
  FROM events_counts_3 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    count(DISTINCT i.entity) AS journey_visit_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_total
  FROM events_entities_4 AS i
  GROUP BY 1
),
-- events by day
events_atoms_3 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    count(*) AS events_rows_total
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total_6 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_total) AS BIGINT) AS events_rows_total
  FROM events_atoms_3 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_total) AS BIGINT) AS events_rows_total
  FROM events_atoms_3 AS i
  GROUP BY 1
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_5 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_5 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_6 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_6 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
),
-- one row a cell
merged_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k."journey.step"
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells_3 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.device,
    m."journey.step",
    COALESCE(t1.journey_visit_total, 0) AS journey_visit_total,
    COALESCE(t1.journey_cart_total, 0) AS journey_cart_total,
    COALESCE(t1.journey_bought_total, 0) AS journey_bought_total,
    COALESCE(t2.events_rows_total, 0) AS events_rows_total
  FROM merged_3 AS m
  LEFT JOIN events_settled_7_days_total_5 AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.device IS NOT DISTINCT FROM m.device
  LEFT JOIN events_settled_7_days_total_6 AS t2
    ON t2.period_start = m.period_start
    AND t2.slicing = m.slicing
    AND t2.device IS NOT DISTINCT FROM m.device
),
-- over each journey.step, those that take part
"per_journey.step_3_result" AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    CAST(
      sum(
        CASE
          WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE)
              / NULLIF(c.journey_visit_total, 0)
          WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_total AS DOUBLE)
              / NULLIF(c.journey_cart_total, 0)
        END
      ) AS DOUBLE
    )
      / NULLIF(
        count(
          CASE
            WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE)
                / NULLIF(c.journey_visit_total, 0)
            WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_total AS DOUBLE)
                / NULLIF(c.journey_cart_total, 0)
          END
        ), 0
      ) AS "per_journey.step_3"
  FROM cells_3 AS c
  WHERE (c.events_rows_total > 0) IS TRUE
    AND c."journey.step" IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events: each counted value once a month
events_entities_5 AS (
  SELECT
    CAST(events."at" AS DATE) - CAST(day(events."at") - 1 AS INTEGER) AS period_start,
    events.device,
    events.visitor_id AS entity,
    bit_or(
      CASE WHEN events.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: how many values fulfil which conditions together
events_counts_4 AS (
  SELECT
    i.period_start,
    i.device,
    i.fulfils,
    count(i.entity) AS entities
  FROM events_entities_5 AS i
  GROUP BY 1, 2, 3
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total_7 AS (
  SELECT
    i.period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.entities) AS BIGINT) AS journey_visit_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS journey_cart_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS journey_bought_total
  FROM events_counts_4 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    count(DISTINCT i.entity) AS journey_visit_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_total
  FROM events_entities_5 AS i
  GROUP BY 1
),
-- events by day
events_atoms_4 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    count(*) AS events_rows_total
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-01 00:00:00'
  GROUP BY 1, 2
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total_8 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_total) AS BIGINT) AS events_rows_total
  FROM events_atoms_4 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_total) AS BIGINT) AS events_rows_total
  FROM events_atoms_4 AS i
  GROUP BY 1
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_7 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_7 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_8 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_settled_7_days_total_8 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
),
-- one row a cell
merged_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k."journey.step"
  FROM stack_4 AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells_4 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.device,
    m."journey.step",
    COALESCE(t1.journey_visit_total, 0) AS journey_visit_total,
    COALESCE(t1.journey_cart_total, 0) AS journey_cart_total,
    COALESCE(t1.journey_bought_total, 0) AS journey_bought_total,
    COALESCE(t2.events_rows_total, 0) AS events_rows_total
  FROM merged_4 AS m
  LEFT JOIN events_settled_7_days_total_7 AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.device IS NOT DISTINCT FROM m.device
  LEFT JOIN events_settled_7_days_total_8 AS t2
    ON t2.period_start = m.period_start
    AND t2.slicing = m.slicing
    AND t2.device IS NOT DISTINCT FROM m.device
),
-- over each journey.step, those that take part
"per_journey.step_4_result" AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    count(*) AS "per_journey.step_4"
  FROM cells_4 AS c
  WHERE (c.events_rows_total > 0) IS TRUE
    AND (
      CASE
        WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE)
            / NULLIF(c.journey_visit_total, 0)
        WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_total AS DOUBLE)
            / NULLIF(c.journey_cart_total, 0)
      END
        <= 0.5
    ) IS TRUE
    AND c."journey.step" IS NOT NULL
  GROUP BY 1, 2, 3
),
-- rows of the first step's source
journey_first_2 AS (
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
journey_stream_2 AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.local,
    f.tie,
    f.is_step_1,
    f.is_step_2,
    f.is_step_3
  FROM journey_first_2 AS f
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
journey_order_2 AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.stream, s.tie) AS place
  FROM journey_stream_2 AS s
),
-- where each step is taken next
journey_next_2 AS (
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
  FROM journey_order_2 AS s
),
-- the first step, and when those behind it are taken
journey_steps_2 AS (
  SELECT
    s1.entity,
    s1.tie,
    s2."at" AS kpic_step_2,
    s3."at" AS kpic_step_3
  FROM journey_next_2 AS s1
  LEFT JOIN journey_next_2 AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '7 days'
  LEFT JOIN journey_next_2 AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
    AND s3.local < s1.local + INTERVAL '7 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
journey_2 AS (
  SELECT
    events.*,
    m.kpic_step_2,
    m.kpic_step_3
  FROM events
  JOIN journey_first_2 AS k ON k.key_1 = events.id
  JOIN journey_steps_2 AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- events: each counted value once a month
events_entities_6 AS (
  SELECT
    CAST(events."at" AS DATE) - CAST(day(events."at") - 1 AS INTEGER) AS period_start,
    events.device,
    events.visitor_id AS entity,
    bit_or(
      CASE WHEN events.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2025-12-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
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
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    count(DISTINCT i.entity) AS journey_visit_previous_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_previous_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_previous_total
  FROM events_entities_6 AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    count(DISTINCT i.entity) AS journey_visit_previous_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_cart_previous_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_bought_previous_total
  FROM events_entities_6 AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- events by day
events_atoms_5 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    count(*) AS events_rows_previous_total
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2025-12-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2
),
-- events over all members of journey.step, previous settled 7 days
events_previous_settled_7_days_total_2 AS (
  SELECT
    w.period_start,
    'device' AS slicing,
    i.device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_previous_total) AS BIGINT) AS events_rows_previous_total
  FROM events_atoms_5 AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device,
    CAST(NULL AS VARCHAR) AS "journey.step",
    CAST(sum(i.events_rows_previous_total) AS BIGINT) AS events_rows_previous_total
  FROM events_atoms_5 AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- results of each source
stack_5 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_previous_settled_7_days_total AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_previous_settled_7_days_total AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_previous_settled_7_days_total_2 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'total'
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    f1.step AS "journey.step"
  FROM events_previous_settled_7_days_total_2 AS r
  CROSS JOIN journey_each AS f1
  WHERE r.slicing = 'device'
),
-- one row a cell
merged_5 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k."journey.step"
  FROM stack_5 AS k
  GROUP BY 1, 2, 3, 4
),
-- with totals beside their parts, and what no rows mean
cells_5 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.device,
    m."journey.step",
    COALESCE(t1.journey_visit_previous_total, 0) AS journey_visit_previous_total,
    COALESCE(t1.journey_cart_previous_total, 0) AS journey_cart_previous_total,
    COALESCE(t1.journey_bought_previous_total, 0) AS journey_bought_previous_total,
    COALESCE(t2.events_rows_previous_total, 0) AS events_rows_previous_total
  FROM merged_5 AS m
  LEFT JOIN events_previous_settled_7_days_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
    AND t1.device IS NOT DISTINCT FROM m.device
  LEFT JOIN events_previous_settled_7_days_total_2 AS t2
    ON t2.period_start = m.period_start
    AND t2.slicing = m.slicing
    AND t2.device IS NOT DISTINCT FROM m.device
),
-- over each journey.step, those that take part
"per_journey.step_previous_result" AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    min(
      CASE
        WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_previous_total AS DOUBLE)
            / NULLIF(c.journey_visit_previous_total, 0)
        WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_previous_total AS DOUBLE)
            / NULLIF(c.journey_cart_previous_total, 0)
      END
    ) AS "per_journey.step_previous"
  FROM cells_5 AS c
  WHERE (c.events_rows_previous_total > 0) IS TRUE
    AND c."journey.step" IS NOT NULL
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
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
    'device' AS slicing,
    i.device
  FROM events_counts AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_counts_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_counts_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_counts_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_entities_6 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS device
),
-- results of each source, and a row for every cell asked
stack_6 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.journey_visit,
    CAST(NULL AS BIGINT) AS "per_journey.step",
    CAST(NULL AS BIGINT) AS "per_journey.step_2",
    CAST(NULL AS BIGINT) AS "per_journey.step_3",
    CAST(NULL AS BIGINT) AS "per_journey.step_4",
    CAST(NULL AS BIGINT) AS "per_journey.step_previous"
  FROM events_distinct_monthly_settled_7_days AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_visit,
    r."per_journey.step",
    CAST(NULL AS BIGINT) AS "per_journey.step_2",
    CAST(NULL AS BIGINT) AS "per_journey.step_3",
    CAST(NULL AS BIGINT) AS "per_journey.step_4",
    CAST(NULL AS BIGINT) AS "per_journey.step_previous"
  FROM "per_journey.step_result" AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_visit,
    CAST(NULL AS BIGINT) AS "per_journey.step",
    r."per_journey.step_2",
    CAST(NULL AS BIGINT) AS "per_journey.step_3",
    CAST(NULL AS BIGINT) AS "per_journey.step_4",
    CAST(NULL AS BIGINT) AS "per_journey.step_previous"
  FROM "per_journey.step_2_result" AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_visit,
    CAST(NULL AS BIGINT) AS "per_journey.step",
    CAST(NULL AS BIGINT) AS "per_journey.step_2",
    r."per_journey.step_3",
    CAST(NULL AS BIGINT) AS "per_journey.step_4",
    CAST(NULL AS BIGINT) AS "per_journey.step_previous"
  FROM "per_journey.step_3_result" AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_visit,
    CAST(NULL AS BIGINT) AS "per_journey.step",
    CAST(NULL AS BIGINT) AS "per_journey.step_2",
    CAST(NULL AS BIGINT) AS "per_journey.step_3",
    r."per_journey.step_4",
    CAST(NULL AS BIGINT) AS "per_journey.step_previous"
  FROM "per_journey.step_4_result" AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_visit,
    CAST(NULL AS BIGINT) AS "per_journey.step",
    CAST(NULL AS BIGINT) AS "per_journey.step_2",
    CAST(NULL AS BIGINT) AS "per_journey.step_3",
    CAST(NULL AS BIGINT) AS "per_journey.step_4",
    r."per_journey.step_previous"
  FROM "per_journey.step_previous_result" AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.device,
    CAST(NULL AS BIGINT) AS journey_visit,
    CAST(NULL AS BIGINT) AS "per_journey.step",
    CAST(NULL AS BIGINT) AS "per_journey.step_2",
    CAST(NULL AS BIGINT) AS "per_journey.step_3",
    CAST(NULL AS BIGINT) AS "per_journey.step_4",
    CAST(NULL AS BIGINT) AS "per_journey.step_previous"
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_6 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    COALESCE(max(k.journey_visit), 0) AS journey_visit,
    max(k."per_journey.step") AS "per_journey.step",
    max(k."per_journey.step_2") AS "per_journey.step_2",
    max(k."per_journey.step_3") AS "per_journey.step_3",
    COALESCE(max(k."per_journey.step_4"), 0) AS "per_journey.step_4",
    max(k."per_journey.step_previous") AS "per_journey.step_previous"
  FROM stack_6 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.device,
  c.journey_visit AS visited,
  c."per_journey.step" AS narrowest,
  c."per_journey.step_2" AS widest,
  c."per_journey.step_3" AS mean_rate,
  c."per_journey.step_4" AS leaks,
  c."per_journey.step" - c."per_journey.step_previous" AS change
FROM cells_6 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'device' THEN 1 END,
  c.device NULLS LAST,
  c.period_start;
