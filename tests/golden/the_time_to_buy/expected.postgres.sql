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
    CAST(date_trunc('month', events."at") AS DATE) AS period_start,
    events.device,
    events.visitor_id AS entity,
    bool_or(events.kpic_step_3 IS NOT NULL) AS journey_bought_counts
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_bought by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    'device' AS slicing,
    i.device,
    count(i.entity) FILTER (WHERE i.journey_bought_counts) AS journey_bought
  FROM events_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS device,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_bought_counts) AS journey_bought
  FROM events_entities AS i
  GROUP BY 1
),
-- the first step, and when those behind it are taken
journey_steps_2 AS (
  SELECT
    s1.entity,
    s1.tie,
    s1."at" AS kpic_step_1,
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
journey_2 AS (
  SELECT
    events.*,
    m.kpic_step_1,
    m.kpic_step_2,
    m.kpic_step_3
  FROM events
  JOIN journey_first AS k ON k.key_1 = events.id
  JOIN journey_steps_2 AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- events by day
events_atoms AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, settled 7 days
events_monthly_settled_7_days AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms AS i
  GROUP BY 1, 4
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_visit_at,
    r.journey_bought_at,
    r.events_rows
  FROM events_monthly_settled_7_days AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_visit_at) AS journey_visit_at,
    max(k.journey_bought_at) AS journey_bought_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
        ), 0
      ) AS per_visitor
  FROM cells AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events by day
events_atoms_2 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, settled 7 days
events_monthly_settled_7_days_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_2 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_2 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_visit_at,
    r.journey_bought_at,
    r.events_rows
  FROM events_monthly_settled_7_days_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_visit_at) AS journey_visit_at,
    max(k.journey_bought_at) AS journey_bought_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)) AS per_visitor_2
  FROM cells_2 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events by day
events_atoms_3 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, settled 7 days
events_monthly_settled_7_days_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_3 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_3 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_visit_at,
    r.journey_bought_at,
    r.events_rows
  FROM events_monthly_settled_7_days_3 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_visit_at) AS journey_visit_at,
    max(k.journey_bought_at) AS journey_bought_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_3_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)) AS per_visitor_3
  FROM cells_3 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events by day
events_atoms_4 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, settled 7 days
events_monthly_settled_7_days_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_4 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_4 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_visit_at,
    r.journey_bought_at,
    r.events_rows
  FROM events_monthly_settled_7_days_4 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_visit_at) AS journey_visit_at,
    max(k.journey_bought_at) AS journey_bought_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_4 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_4_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    min(
      CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
    ) AS per_visitor_4
  FROM cells_4 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events by day
events_atoms_5 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, settled 7 days
events_monthly_settled_7_days_5 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_5 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_5 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_5 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_visit_at,
    r.journey_bought_at,
    r.events_rows
  FROM events_monthly_settled_7_days_5 AS r
),
-- one row a cell, with what no rows mean
cells_5 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_visit_at) AS journey_visit_at,
    max(k.journey_bought_at) AS journey_bought_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_5 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_5_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    max(
      CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
    ) AS per_visitor_5
  FROM cells_5 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events by day
events_atoms_6 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_2) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_cart_at,
    count(*) AS events_rows
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit_at, journey_cart_at, events_rows by month, settled 7 days
events_monthly_settled_7_days_6 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_cart_at) AS journey_cart_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_6 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_cart_at) AS journey_cart_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_6 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_6 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_visit_at,
    r.journey_cart_at,
    r.events_rows
  FROM events_monthly_settled_7_days_6 AS r
),
-- one row a cell, with what no rows mean
cells_6 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_visit_at) AS journey_visit_at,
    max(k.journey_cart_at) AS journey_cart_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_6 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_6_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(EXTRACT(epoch FROM c.journey_cart_at) - EXTRACT(epoch FROM c.journey_visit_at) AS DOUBLE PRECISION)
      / 3600) AS per_visitor_6
  FROM cells_6 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events by day
events_atoms_7 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_2) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_cart_at,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_cart_at, journey_bought_at, events_rows by month, settled 7 days
events_monthly_settled_7_days_7 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_cart_at) AS journey_cart_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_7 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_cart_at) AS journey_cart_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_7 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_7 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_cart_at,
    r.journey_bought_at,
    r.events_rows
  FROM events_monthly_settled_7_days_7 AS r
),
-- one row a cell, with what no rows mean
cells_7 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_cart_at) AS journey_cart_at,
    max(k.journey_bought_at) AS journey_bought_at,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_7 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_7_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(EXTRACT(epoch FROM c.journey_bought_at) - EXTRACT(epoch FROM c.journey_cart_at) AS DOUBLE PRECISION)) AS per_visitor_7
  FROM cells_7 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events by day
events_atoms_8 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (
      WHERE events.kpic_step_3 IS NOT NULL AND events.device = 'mobile'
    ) AS journey_visit_at_where,
    min(events.kpic_step_3) FILTER (
      WHERE events.kpic_step_3 IS NOT NULL AND events.device = 'mobile'
    ) AS journey_bought_at_where,
    count(*) FILTER (WHERE events.device = 'mobile') AS events_rows
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, settled 7 days
events_monthly_settled_7_days_8 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_visit_at_where) AS journey_visit_at_where,
    min(i.journey_bought_at_where) AS journey_bought_at_where,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_8 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_visit_at_where) AS journey_visit_at_where,
    min(i.journey_bought_at_where) AS journey_bought_at_where,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_8 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_8 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_visit_at_where,
    r.journey_bought_at_where,
    r.events_rows
  FROM events_monthly_settled_7_days_8 AS r
),
-- one row a cell, with what no rows mean
cells_8 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_visit_at_where) AS journey_visit_at_where,
    max(k.journey_bought_at_where) AS journey_bought_at_where,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_8 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_8_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM c.journey_bought_at_where) - EXTRACT(epoch FROM c.journey_visit_at_where) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          CAST(EXTRACT(epoch FROM c.journey_bought_at_where) - EXTRACT(epoch FROM c.journey_visit_at_where) AS DOUBLE PRECISION)
        ), 0
      ) AS per_visitor_8
  FROM cells_8 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
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
journey_steps_3 AS (
  SELECT
    s1.entity,
    s1.tie,
    s1."at" AS kpic_step_1,
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
journey_3 AS (
  SELECT
    events.*,
    m.kpic_step_1,
    m.kpic_step_2,
    m.kpic_step_3
  FROM events
  JOIN journey_first_2 AS k ON k.key_1 = events.id
  JOIN journey_steps_3 AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- events by day
events_atoms_9 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.device,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_visit_at_previous,
    min(events.kpic_step_3) FILTER (WHERE events.kpic_step_3 IS NOT NULL) AS journey_bought_at_previous,
    count(*) AS events_rows_previous
  FROM journey_3 AS events
  WHERE events."at" >= TIMESTAMP '2025-12-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- the time that each period reads: previous settled 7 days
previous_settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, previous settled 7 days
events_monthly_previous_settled_7_days AS (
  SELECT
    w.period_start,
    'device' AS slicing,
    i.device,
    i.visitor,
    min(i.journey_visit_at_previous) AS journey_visit_at_previous,
    min(i.journey_bought_at_previous) AS journey_bought_at_previous,
    CAST(sum(i.events_rows_previous) AS BIGINT) AS events_rows_previous
  FROM events_atoms_9 AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS device,
    i.visitor,
    min(i.journey_visit_at_previous) AS journey_visit_at_previous,
    min(i.journey_bought_at_previous) AS journey_bought_at_previous,
    CAST(sum(i.events_rows_previous) AS BIGINT) AS events_rows_previous
  FROM events_atoms_9 AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 4
),
-- results of each source
stack_9 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.visitor,
    r.journey_visit_at_previous,
    r.journey_bought_at_previous,
    r.events_rows_previous
  FROM events_monthly_previous_settled_7_days AS r
),
-- one row a cell, with what no rows mean
cells_9 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    k.visitor,
    max(k.journey_visit_at_previous) AS journey_visit_at_previous,
    max(k.journey_bought_at_previous) AS journey_bought_at_previous,
    COALESCE(max(k.events_rows_previous), 0) AS events_rows_previous
  FROM stack_9 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each visitor, those that take part
per_visitor_previous_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.device,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM c.journey_bought_at_previous) - EXTRACT(epoch FROM c.journey_visit_at_previous) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          CAST(EXTRACT(epoch FROM c.journey_bought_at_previous) - EXTRACT(epoch FROM c.journey_visit_at_previous) AS DOUBLE PRECISION)
        ), 0
      ) AS per_visitor_previous
  FROM cells_9 AS c
  WHERE (c.events_rows_previous > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1, 2, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
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
  FROM events_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_atoms_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_atoms_5 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_atoms_6 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_atoms_7 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_atoms_8 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'device' AS slicing,
    i.device
  FROM events_atoms_9 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS device
),
-- results of each source, and a row for every cell asked
stack_10 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    r.journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM events_distinct_monthly_settled_7_days AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    r.per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM per_visitor_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    r.per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM per_visitor_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    r.per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM per_visitor_3_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    r.per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM per_visitor_4_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    r.per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM per_visitor_5_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    r.per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM per_visitor_6_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    r.per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM per_visitor_7_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    r.per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM per_visitor_8_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    r.per_visitor_previous
  FROM per_visitor_previous_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.device,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_2,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_3,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_4,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_5,
    CAST(NULL AS BIGINT) AS per_visitor_6,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_7,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_8,
    CAST(NULL AS DOUBLE PRECISION) AS per_visitor_previous
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_10 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.device,
    COALESCE(max(k.journey_bought), 0) AS journey_bought,
    max(k.per_visitor) AS per_visitor,
    max(k.per_visitor_2) AS per_visitor_2,
    max(k.per_visitor_3) AS per_visitor_3,
    max(k.per_visitor_4) AS per_visitor_4,
    max(k.per_visitor_5) AS per_visitor_5,
    max(k.per_visitor_6) AS per_visitor_6,
    max(k.per_visitor_7) AS per_visitor_7,
    max(k.per_visitor_8) AS per_visitor_8,
    max(k.per_visitor_previous) AS per_visitor_previous
  FROM stack_10 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.device,
  c.journey_bought AS buyers,
  c.per_visitor AS time_to_buy,
  c.per_visitor_2 AS typical,
  c.per_visitor_3 AS slow,
  c.per_visitor_4 AS quickest,
  c.per_visitor_5 AS slowest,
  c.per_visitor_6 AS hours_to_cart,
  c.per_visitor_7 AS checkout,
  c.per_visitor_8 AS on_mobiles,
  c.per_visitor - c.per_visitor_previous AS change
FROM cells_10 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'device' THEN 1 END,
  c.device NULLS LAST,
  c.period_start;
