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
    AND events."at" < TIMESTAMP '2026-02-04 00:00:00'
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
-- events: each counted value once a day
events_entities AS (
  SELECT
    CAST(events."at" AS DATE) AS period_start,
    events.visitor_id AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS journey_purchase_counts
  FROM journey AS events
  WHERE events."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND events."at" < TIMESTAMP '2026-01-28 00:00:00'
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-01-28')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_visit, journey_purchase by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) AS journey_visit,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_purchase_counts) AS journey_purchase
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
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    CASE WHEN p.period_start < DATE '2026-02-01' THEN COALESCE(r1.journey_visit, 0) END AS journey_visit,
    CASE WHEN p.period_start < DATE '2026-02-01' THEN COALESCE(r1.journey_purchase, 0) END AS journey_purchase
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.journey_visit AS visited,
  c.journey_purchase AS bought,
  CAST(c.journey_purchase AS DOUBLE PRECISION) / NULLIF(c.journey_visit, 0) AS conversion
FROM cells AS c
ORDER BY c.period_start;
