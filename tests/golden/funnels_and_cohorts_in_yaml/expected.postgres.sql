WITH
-- rows that may be a step
journey_stream AS (
  SELECT
    events.visitor_id AS entity,
    events."at",
    events."at" AS local,
    events.id AS key_1,
    (events.name = 'visit') IS TRUE AS is_step_1,
    (events.name = 'purchase') IS TRUE AS is_step_2
  FROM events
  WHERE events.visitor_id IS NOT NULL
    AND events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND ((events.name = 'visit') IS TRUE OR (events.name = 'purchase') IS TRUE)
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
    events.visitor_id AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS journey_purchase_counts
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- events: journey_purchase, journey_visit by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    count(i.entity) FILTER (WHERE i.journey_purchase_counts) AS journey_purchase,
    count(i.entity) AS journey_visit
  FROM events_entities AS i
  GROUP BY 1
),
-- when each entity enters: its first row
visitors_entries AS (
  SELECT
    q.entity,
    q.kpic_entered,
    q.key_1
  FROM (
    SELECT
      events.visitor_id AS entity,
      CAST(events."at" AS DATE) AS kpic_entered,
      events.id AS key_1,
      row_number() OVER (PARTITION BY events.visitor_id ORDER BY events."at", events.id) AS kpic_place
    FROM events
    WHERE events.visitor_id IS NOT NULL
      AND events."at" IS NOT NULL
  ) AS q
  WHERE q.kpic_place = 1
),
-- what those who entered did afterwards: purchases
visitors_purchases AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM events
  JOIN visitors_entries AS e
    ON events.visitor_id = e.entity
    AND CAST(events."at" AS DATE) = CAST(e.kpic_entered AS DATE) + 7
  WHERE events.name = 'purchase'
  GROUP BY 1
),
-- the rows with which entities enter
visitors AS (
  SELECT
    events.*,
    e.kpic_entered,
    v.kpic_value
  FROM events
  JOIN visitors_entries AS e ON e.key_1 = events.id
  LEFT JOIN visitors_purchases AS v ON v.entity = e.entity
),
-- events by day
events_atoms AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    count(*) FILTER (WHERE events.kpic_value > 0) AS visitors_with_purchases,
    count(*) AS visitors_entrants
  FROM visitors AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1
),
-- events: visitors_with_purchases, visitors_entrants by month
events_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.visitors_with_purchases) AS BIGINT) AS visitors_with_purchases,
    CAST(sum(i.visitors_entrants) AS BIGINT) AS visitors_entrants
  FROM events_atoms AS i
  GROUP BY 1
),
-- events by day
events_atoms_2 AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS visitor,
    count(*) FILTER (WHERE events.name = 'purchase') AS purchases,
    count(*) AS events_rows
  FROM events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- events: purchases, events_rows by month
events_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    CAST(sum(i.purchases) AS BIGINT) AS purchases,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.visitor,
    r.purchases,
    r.events_rows
  FROM events_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.visitor,
    COALESCE(max(k.purchases), 0) AS purchases,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_result AS (
  SELECT
    c.period_start,
    count(*) AS per_visitor
  FROM cells AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND (c.purchases >= 2) IS TRUE
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
cells_2 AS (
  SELECT
    p.period_start,
    COALESCE(r1.journey_purchase, 0) AS journey_purchase,
    COALESCE(r1.journey_visit, 0) AS journey_visit,
    COALESCE(r2.visitors_with_purchases, 0) AS visitors_with_purchases,
    COALESCE(r2.visitors_entrants, 0) AS visitors_entrants,
    COALESCE(r3.per_visitor, 0) AS per_visitor
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN events_monthly AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_visitor_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.journey_purchase AS DOUBLE PRECISION) / NULLIF(c.journey_visit, 0) AS conversion,
  CAST(c.visitors_with_purchases AS DOUBLE PRECISION) / NULLIF(c.visitors_entrants, 0) AS bought_on_day_7,
  c.per_visitor AS repeat_buyers
FROM cells_2 AS c
ORDER BY c.period_start;
