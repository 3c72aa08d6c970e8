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
    AND events."at" < TIMESTAMP '2026-03-01 00:00:00'
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
    AND orders.ordered_at < TIMESTAMP '2026-03-01 00:00:00'
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
-- events: each counted value once a day
events_entities AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS entity,
    bit_or(
      CASE WHEN events.device = 'mobile' THEN 1 ELSE 0 END
        + CASE WHEN events.kpic_step_2 IS NOT NULL THEN 2 ELSE 0 END
        + CASE WHEN events.kpic_step_2 IS NOT NULL AND events.device = 'mobile' THEN 4 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL THEN 8 ELSE 0 END
        + CASE WHEN events.kpic_step_3 IS NOT NULL AND events.device = 'mobile' THEN 16 ELSE 0 END
        + CASE WHEN events.device = 'desktop' THEN 32 ELSE 0 END
        + CASE WHEN events.device = 'desktop' AND events.device = 'mobile' THEN 64 ELSE 0 END
        + CASE WHEN events.kpic_step_2 IS NOT NULL AND events.device = 'desktop' THEN 128 ELSE 0 END
        + CASE
          WHEN events.kpic_step_2 IS NOT NULL
            AND events.device = 'desktop'
            AND events.device = 'mobile' THEN 256
          ELSE 0
        END
        + CASE WHEN events.kpic_step_3 IS NOT NULL AND events.device = 'desktop' THEN 512 ELSE 0 END
        + CASE
          WHEN events.kpic_step_3 IS NOT NULL
            AND events.device = 'desktop'
            AND events.device = 'mobile' THEN 1024
          ELSE 0
        END
    ) AS fulfils
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-22 00:00:00'
    AND (events.visitor_id = 'B') IS NOT TRUE
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-02-22')
  ) AS q(period_start, window_start, window_end)
),
-- events over all members of journey.step, settled 7 days
events_settled_7_days_total AS (
  SELECT
    w.period_start,
    'all' AS segment,
    CAST(NULL AS VARCHAR) AS "journey.step",
    count(DISTINCT i.entity) AS journey_visit_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 2 > 0) AS journey_cart_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 8 > 0) AS journey_bought_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 32 > 0) AS journey_visit_where_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 128 > 0) AS journey_cart_where_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 512 > 0) AS journey_bought_where_total
  FROM events_entities AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
  UNION ALL
  SELECT
    w.period_start,
    'phones' AS segment,
    CAST(NULL AS VARCHAR) AS "journey.step",
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1 > 0) AS journey_visit_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 4 > 0) AS journey_cart_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 16 > 0) AS journey_bought_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 64 > 0) AS journey_visit_where_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 256 > 0) AS journey_cart_where_total,
    count(DISTINCT i.entity) FILTER (WHERE i.fulfils & 1024 > 0) AS journey_bought_where_total
  FROM events_entities AS i
  JOIN settled_7_days AS w
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
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('phones')
  ) AS q(segment)
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
    f1.step AS "journey.step"
  FROM journey_each AS f1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    p.period_start,
    s.segment,
    m."journey.step"
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.segment,
    k."journey.step"
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.segment,
    m."journey.step",
    CASE WHEN m.period_start < DATE '2026-03-01' THEN COALESCE(t1.journey_visit_total, 0) END AS journey_visit_total,
    CASE WHEN m.period_start < DATE '2026-03-01' THEN COALESCE(t1.journey_cart_total, 0) END AS journey_cart_total,
    CASE WHEN m.period_start < DATE '2026-03-01' THEN COALESCE(t1.journey_bought_total, 0) END AS journey_bought_total,
    CASE WHEN m.period_start < DATE '2026-03-01' THEN COALESCE(t1.journey_visit_where_total, 0) END AS journey_visit_where_total,
    CASE WHEN m.period_start < DATE '2026-03-01' THEN COALESCE(t1.journey_cart_where_total, 0) END AS journey_cart_where_total,
    CASE WHEN m.period_start < DATE '2026-03-01' THEN COALESCE(t1.journey_bought_where_total, 0) END AS journey_bought_where_total
  FROM merged AS m
  LEFT JOIN events_settled_7_days_total AS t1
    ON t1.period_start = m.period_start
    AND t1.segment = m.segment
)
SELECT
  c.period_start,
  'journey.step' AS slicing,
  c.segment,
  c."journey.step",
  CASE
    WHEN c."journey.step" = 'visit' THEN c.journey_visit_total
    WHEN c."journey.step" = 'cart' THEN c.journey_cart_total
    WHEN c."journey.step" = 'bought' THEN c.journey_bought_total
  END AS reached,
  CASE
    WHEN c."journey.step" = 'cart' THEN CAST(c.journey_cart_total AS DOUBLE)
        / NULLIF(c.journey_visit_total, 0)
    WHEN c."journey.step" = 'bought' THEN CAST(c.journey_bought_total AS DOUBLE)
        / NULLIF(c.journey_cart_total, 0)
  END AS rate,
  CASE
    WHEN c."journey.step" = 'visit' THEN c.journey_visit_where_total
    WHEN c."journey.step" = 'cart' THEN c.journey_cart_where_total
    WHEN c."journey.step" = 'bought' THEN c.journey_bought_where_total
  END AS on_desktops,
  CAST(
    CASE
      WHEN c."journey.step" = 'visit' THEN c.journey_visit_where_total
      WHEN c."journey.step" = 'cart' THEN c.journey_cart_where_total
      WHEN c."journey.step" = 'bought' THEN c.journey_bought_where_total
    END AS DOUBLE
  )
    / NULLIF(
      CASE
        WHEN c."journey.step" = 'visit' THEN c.journey_visit_total
        WHEN c."journey.step" = 'cart' THEN c.journey_cart_total
        WHEN c."journey.step" = 'bought' THEN c.journey_bought_total
      END, 0
    ) AS share_of_desktops
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'phones' THEN 1 END,
  CASE
    WHEN c."journey.step" = 'visit' THEN 0
    WHEN c."journey.step" = 'cart' THEN 1
    WHEN c."journey.step" = 'bought' THEN 2
  END NULLS LAST,
  c.period_start;
