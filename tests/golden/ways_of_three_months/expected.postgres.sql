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
    FALSE AS is_step_2
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-04 00:00:00'
    AND (events.name = 'page_view') IS TRUE
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
    f.is_step_2
  FROM journey_first AS f
  UNION ALL
  SELECT
    orders.visitor_id AS entity,
    orders.ordered_at AS "at",
    1 AS stream,
    orders.ordered_at AS local,
    row_number() OVER (PARTITION BY orders.visitor_id ORDER BY orders.ordered_at, orders.order_id) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2
  FROM orders
  WHERE orders.visitor_id IS NOT NULL
    AND orders.ordered_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-04-04 00:00:00'
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
    ) AS next_2
  FROM journey_order AS s
),
-- the first step, and when those behind it are taken
journey_steps AS (
  SELECT
    s1.entity,
    s1.tie,
    s1."at" AS kpic_step_1,
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
    m.kpic_step_1,
    m.kpic_step_2
  FROM events
  JOIN journey_first AS k ON k.key_1 = events.id
  JOIN journey_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- events by day
events_atoms AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_visit_at,
    min(events.kpic_step_2) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_bought_at,
    count(*) AS events_rows
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-28 00:00:00'
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-28')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, settled 7 days
events_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    i.visitor,
    min(i.journey_visit_at) AS journey_visit_at,
    min(i.journey_bought_at) AS journey_bought_at,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
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
    k.visitor,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN max(k.journey_visit_at) END AS journey_visit_at,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN max(k.journey_bought_at) END AS journey_bought_at,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN COALESCE(max(k.events_rows), 0) END AS events_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_result AS (
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
      ) AS per_visitor
  FROM cells AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
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
    FALSE AS is_step_2
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2025-11-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-04 00:00:00'
    AND (events.name = 'page_view') IS TRUE
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
    f.is_step_2
  FROM journey_first_2 AS f
  UNION ALL
  SELECT
    orders.visitor_id AS entity,
    orders.ordered_at AS "at",
    1 AS stream,
    orders.ordered_at AS local,
    row_number() OVER (PARTITION BY orders.visitor_id ORDER BY orders.ordered_at, orders.order_id) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2
  FROM orders
  WHERE orders.visitor_id IS NOT NULL
    AND orders.ordered_at >= TIMESTAMP '2025-11-01 00:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-04-04 00:00:00'
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
    ) AS next_2
  FROM journey_order_2 AS s
),
-- the first step, and when those behind it are taken
journey_steps_2 AS (
  SELECT
    s1.entity,
    s1.tie,
    s1."at" AS kpic_step_1,
    s2."at" AS kpic_step_2
  FROM journey_next_2 AS s1
  LEFT JOIN journey_next_2 AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '7 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
journey_2 AS (
  SELECT
    events.*,
    m.kpic_step_1,
    m.kpic_step_2
  FROM events
  JOIN journey_first_2 AS k ON k.key_1 = events.id
  JOIN journey_steps_2 AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- events by day
events_atoms_2 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_visit_at_rolling,
    min(events.kpic_step_2) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_bought_at_rolling,
    count(*) AS events_rows_rolling
  FROM journey_2 AS events
  WHERE events."at" >= TIMESTAMP '2025-11-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-03-28 00:00:00'
  GROUP BY 1, 2
),
-- the time that each period reads: rolling 3 months settled 7 days
rolling_3_months_settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-11-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2025-12-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-03-28')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, rolling 3 months settled 7 days
events_monthly_rolling_3_months_settled_7_days AS (
  SELECT
    w.period_start,
    i.visitor,
    min(i.journey_visit_at_rolling) AS journey_visit_at_rolling,
    min(i.journey_bought_at_rolling) AS journey_bought_at_rolling,
    CAST(sum(i.events_rows_rolling) AS BIGINT) AS events_rows_rolling
  FROM events_atoms_2 AS i
  JOIN rolling_3_months_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.journey_visit_at_rolling,
    r.journey_bought_at_rolling,
    r.events_rows_rolling
  FROM events_monthly_rolling_3_months_settled_7_days AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.visitor,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN max(k.journey_visit_at_rolling) END AS journey_visit_at_rolling,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN max(k.journey_bought_at_rolling) END AS journey_bought_at_rolling,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN COALESCE(max(k.events_rows_rolling), 0) END AS events_rows_rolling
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_rolling_result AS (
  SELECT
    c.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM c.journey_bought_at_rolling) - EXTRACT(epoch FROM c.journey_visit_at_rolling) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          CAST(EXTRACT(epoch FROM c.journey_bought_at_rolling) - EXTRACT(epoch FROM c.journey_visit_at_rolling) AS DOUBLE PRECISION)
        ), 0
      ) AS per_visitor_rolling
  FROM cells_2 AS c
  WHERE (c.events_rows_rolling > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- rows of the first step's source
journey_first_3 AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    row_number() OVER (PARTITION BY events.visitor_id ORDER BY events."at", events.id) AS tie,
    events.id AS key_1,
    (events.name = 'page_view') IS TRUE AS is_step_1,
    FALSE AS is_step_2
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2025-12-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-04-04 00:00:00'
    AND (events.name = 'page_view') IS TRUE
),
-- rows that may be a step
journey_stream_3 AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.local,
    f.tie,
    f.is_step_1,
    f.is_step_2
  FROM journey_first_3 AS f
  UNION ALL
  SELECT
    orders.visitor_id AS entity,
    orders.ordered_at AS "at",
    1 AS stream,
    orders.ordered_at AS local,
    row_number() OVER (PARTITION BY orders.visitor_id ORDER BY orders.ordered_at, orders.order_id) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2
  FROM orders
  WHERE orders.visitor_id IS NOT NULL
    AND orders.ordered_at >= TIMESTAMP '2025-12-01 00:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-04-04 00:00:00'
),
-- in the order of time; rows at the same time by their key
journey_order_3 AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.stream, s.tie) AS place
  FROM journey_stream_3 AS s
),
-- where each step is taken next
journey_next_3 AS (
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
    ) AS next_2
  FROM journey_order_3 AS s
),
-- the first step, and when those behind it are taken
journey_steps_3 AS (
  SELECT
    s1.entity,
    s1.tie,
    s1."at" AS kpic_step_1,
    s2."at" AS kpic_step_2
  FROM journey_next_3 AS s1
  LEFT JOIN journey_next_3 AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '7 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
journey_3 AS (
  SELECT
    events.*,
    m.kpic_step_1,
    m.kpic_step_2
  FROM events
  JOIN journey_first_3 AS k ON k.key_1 = events.id
  JOIN journey_steps_3 AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- events by day
events_atoms_3 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS visitor,
    min(events.kpic_step_1) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_visit_at_previous,
    min(events.kpic_step_2) FILTER (WHERE events.kpic_step_2 IS NOT NULL) AS journey_bought_at_previous,
    count(*) AS events_rows_previous
  FROM journey_3 AS events
  WHERE events."at" >= TIMESTAMP '2025-12-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-28 00:00:00'
  GROUP BY 1, 2
),
-- the time that each period reads: previous settled 7 days
previous_settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-02-28')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_visit_at, journey_bought_at, events_rows by month, previous settled 7 days
events_monthly_previous_settled_7_days AS (
  SELECT
    w.period_start,
    i.visitor,
    min(i.journey_visit_at_previous) AS journey_visit_at_previous,
    min(i.journey_bought_at_previous) AS journey_bought_at_previous,
    CAST(sum(i.events_rows_previous) AS BIGINT) AS events_rows_previous
  FROM events_atoms_3 AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.journey_visit_at_previous,
    r.journey_bought_at_previous,
    r.events_rows_previous
  FROM events_monthly_previous_settled_7_days AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.visitor,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN max(k.journey_visit_at_previous) END AS journey_visit_at_previous,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN max(k.journey_bought_at_previous) END AS journey_bought_at_previous,
    CASE WHEN k.period_start < DATE '2026-04-01' THEN COALESCE(max(k.events_rows_previous), 0) END AS events_rows_previous
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_previous_result AS (
  SELECT
    c.period_start,
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
  FROM cells_3 AS c
  WHERE (c.events_rows_previous > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN r1.per_visitor END AS per_visitor,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN r2.per_visitor_rolling END AS per_visitor_rolling,
    CASE WHEN p.period_start < DATE '2026-04-01' THEN r3.per_visitor_previous END AS per_visitor_previous
  FROM spine AS p
  LEFT JOIN per_visitor_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_visitor_rolling_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_visitor_previous_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_visitor AS time_to_buy,
  c.per_visitor_rolling AS of_three_months,
  c.per_visitor_previous AS before
FROM cells_4 AS c
ORDER BY c.period_start;
