WITH
-- rows of the step visit, in order
journey_visit_rows AS (
  SELECT
    events.visitor_id AS entity,
    events.day AS "at",
    events.id AS key_1,
    row(events.day, events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events.day >= DATE '2026-01-01'
    AND events.page = 'home'
    AND events.id IS NOT NULL
),
-- rows of the step cart, in order
journey_cart_rows AS (
  SELECT
    events.visitor_id AS entity,
    events.day AS "at",
    row(events.day, events.id) AS place
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events.day >= DATE '2026-01-01'
    AND events.page = 'cart'
),
-- those who reach the step cart in time
journey_to_cart AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    n.place,
    n."at" AS kpic_step_2
  FROM journey_visit_rows AS s
  ASOF JOIN journey_cart_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n."at" < CAST(s."at" AS DATE) + 7
),
-- the rows of the first step
journey AS (
  SELECT
    events.*,
    m.kpic_step_2
  FROM events
  LEFT JOIN journey_to_cart AS m ON m.key_1 = events.id
  WHERE events.visitor_id IS NOT NULL
    AND events.day >= DATE '2026-01-01'
    AND events.page = 'home'
    AND events.id IS NOT NULL
),
-- events by day
events_atoms AS (
  SELECT
    events.day AS period_start,
    events.visitor_id AS visitor,
    count(*) AS events
  FROM events
  WHERE events.day >= DATE '2026-01-01'
    AND events.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- events: events by month
events_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    CAST(sum(i.events) AS BIGINT) AS events
  FROM events_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.visitor,
    r.events
  FROM events_monthly AS r
  WHERE r.visitor IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS visitor,
    CAST(NULL AS BIGINT) AS events
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.visitor,
    COALESCE(max(k.events), 0) AS events
  FROM stack AS k
  GROUP BY 1, 2
),
-- interest: the band of each visitor, and of those without a row
interest_bands AS (
  SELECT
    c.period_start,
    c.visitor,
    CASE WHEN (c.events >= 3) IS TRUE THEN 'keen' ELSE 'casual' END AS interest
  FROM cells AS c
),
-- interest: the band of those without a row
interest_without_rows AS (
  SELECT
    b.period_start,
    max(b.interest) AS interest
  FROM interest_bands AS b
  WHERE b.visitor IS NULL
  GROUP BY 1
),
-- events: each counted value once a month
events_entities AS (
  SELECT
    CAST(events.day AS DATE) - CAST(day(events.day) - 1 AS INTEGER) AS period_start,
    CASE
      WHEN events.visitor_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.interest
      ELSE n.interest
    END AS interest,
    events.visitor_id AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS journey_cart_counts
  FROM journey AS events
  LEFT JOIN interest_bands AS b
    ON b.period_start = CAST(events.day AS DATE) - CAST(day(events.day) - 1 AS INTEGER)
    AND b.visitor = events.visitor_id
  LEFT JOIN interest_without_rows AS n
    ON n.period_start = CAST(events.day AS DATE) - CAST(day(events.day) - 1 AS INTEGER)
  WHERE events.day >= DATE '2026-01-01'
    AND events.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- events: journey_visit, journey_cart by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    'interest' AS slicing,
    i.interest,
    count(i.entity) AS journey_visit,
    count(i.entity) FILTER (WHERE i.journey_cart_counts) AS journey_cart
  FROM events_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS interest,
    count(DISTINCT i.entity) AS journey_visit,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_cart_counts) AS journey_cart
  FROM events_entities AS i
  GROUP BY 1
),
-- when each entity enters: its first row
entered_entries AS (
  SELECT
    events.visitor_id AS entity,
    events.day AS kpic_entered,
    events.id AS key_1
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events.day IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY events.visitor_id ORDER BY events.day, events.id) = 1
),
-- what those who entered did afterwards: events
entered_events AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM events
  JOIN entered_entries AS e
    ON events.visitor_id = e.entity
    AND events.day = CAST(e.kpic_entered AS DATE) + 1
  GROUP BY 1
),
-- the rows with which entities enter
entered AS (
  SELECT
    events.*,
    e.kpic_entered,
    v.kpic_value
  FROM events
  JOIN entered_entries AS e ON e.key_1 = events.id
  LEFT JOIN entered_events AS v ON v.entity = e.entity
),
-- events by month
events_atoms_2 AS (
  SELECT
    CAST(events.day AS DATE) - CAST(day(events.day) - 1 AS INTEGER) AS period_start,
    CASE
      WHEN events.visitor_id IS NULL THEN CAST(NULL AS VARCHAR)
      WHEN b.period_start IS NOT NULL THEN b.interest
      ELSE n.interest
    END AS interest,
    count(*) FILTER (WHERE events.kpic_value > 0) AS entered_with_events,
    count(*) AS entered_entrants,
    count(*) FILTER (
      WHERE events.kpic_value > 0
      AND CASE
        WHEN events.visitor_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.interest
        ELSE n.interest
      END
        = 'keen'
    ) AS entered_with_events_where,
    count(*) FILTER (
      WHERE CASE
        WHEN events.visitor_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.interest
        ELSE n.interest
      END
        = 'keen'
    ) AS entered_entrants_where
  FROM entered AS events
  LEFT JOIN interest_bands AS b
    ON b.period_start = CAST(events.day AS DATE) - CAST(day(events.day) - 1 AS INTEGER)
    AND b.visitor = events.visitor_id
  LEFT JOIN interest_without_rows AS n
    ON n.period_start = CAST(events.day AS DATE) - CAST(day(events.day) - 1 AS INTEGER)
  WHERE events.day >= DATE '2026-01-01'
    AND events.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- events: entered_with_events, entered_entrants by month
events_monthly_2 AS (
  SELECT
    i.period_start,
    'interest' AS slicing,
    i.interest,
    CAST(sum(i.entered_with_events) AS BIGINT) AS entered_with_events,
    CAST(sum(i.entered_entrants) AS BIGINT) AS entered_entrants,
    CAST(sum(i.entered_with_events_where) AS BIGINT) AS entered_with_events_where,
    CAST(sum(i.entered_entrants_where) AS BIGINT) AS entered_entrants_where
  FROM events_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS interest,
    CAST(sum(i.entered_with_events) AS BIGINT) AS entered_with_events,
    CAST(sum(i.entered_entrants) AS BIGINT) AS entered_entrants,
    CAST(sum(i.entered_with_events_where) AS BIGINT) AS entered_with_events_where,
    CAST(sum(i.entered_entrants_where) AS BIGINT) AS entered_entrants_where
  FROM events_atoms_2 AS i
  GROUP BY 1
),
-- the members that occur
members AS (
  SELECT
    'interest' AS slicing,
    i.interest
  FROM events_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'interest' AS slicing,
    i.interest
  FROM events_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS interest
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.interest,
    r.journey_visit,
    r.journey_cart,
    CAST(NULL AS BIGINT) AS entered_with_events,
    CAST(NULL AS BIGINT) AS entered_entrants,
    CAST(NULL AS BIGINT) AS entered_with_events_where,
    CAST(NULL AS BIGINT) AS entered_entrants_where
  FROM events_distinct_monthly_settled_7_days AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.interest,
    CAST(NULL AS BIGINT) AS journey_visit,
    CAST(NULL AS BIGINT) AS journey_cart,
    r.entered_with_events,
    r.entered_entrants,
    r.entered_with_events_where,
    r.entered_entrants_where
  FROM events_monthly_2 AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.interest,
    CAST(NULL AS BIGINT) AS journey_visit,
    CAST(NULL AS BIGINT) AS journey_cart,
    CAST(NULL AS BIGINT) AS entered_with_events,
    CAST(NULL AS BIGINT) AS entered_entrants,
    CAST(NULL AS BIGINT) AS entered_with_events_where,
    CAST(NULL AS BIGINT) AS entered_entrants_where
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.interest,
    COALESCE(max(k.journey_visit), 0) AS journey_visit,
    COALESCE(max(k.journey_cart), 0) AS journey_cart,
    COALESCE(max(k.entered_with_events), 0) AS entered_with_events,
    COALESCE(max(k.entered_entrants), 0) AS entered_entrants,
    COALESCE(max(k.entered_with_events_where), 0) AS entered_with_events_where,
    COALESCE(max(k.entered_entrants_where), 0) AS entered_entrants_where
  FROM stack_2 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.interest,
  c.journey_visit AS visitors,
  c.journey_cart AS carts,
  CAST(c.entered_with_events AS DOUBLE) / NULLIF(c.entered_entrants, 0) AS back,
  CAST(c.entered_with_events_where AS DOUBLE) / NULLIF(c.entered_entrants_where, 0) AS of_keen
FROM cells_2 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'interest' THEN 1 END,
  c.interest NULLS LAST,
  c.period_start;
