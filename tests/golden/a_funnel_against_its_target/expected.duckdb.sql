WITH
-- rows of the step visit, in order
journey_visit_rows AS (
  SELECT
    events.visitor AS entity,
    events."at",
    events.id AS key_1,
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor IS NOT NULL
    AND events."at" >= DATE '2026-03-01'
    AND events."at" < DATE '2026-03-21'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- rows of the step buy, in order
journey_buy_rows AS (
  SELECT
    events.visitor AS entity,
    events."at",
    row(events."at", events.id) AS place
  FROM events
  WHERE events.visitor IS NOT NULL
    AND events."at" >= DATE '2026-03-01'
    AND events."at" < DATE '2026-03-21'
    AND events.name = 'buy'
),
-- those who reach the step buy in time
journey_to_buy AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    n.place,
    n."at" AS kpic_step_2
  FROM journey_visit_rows AS s
  ASOF JOIN journey_buy_rows AS n
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
  LEFT JOIN journey_to_buy AS m ON m.key_1 = events.id
  WHERE events.visitor IS NOT NULL
    AND events."at" >= DATE '2026-03-01'
    AND events."at" < DATE '2026-03-21'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- events: each counted value once a day
events_entities AS (
  SELECT
    events."at" AS period_start,
    events.visitor AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS journey_buy_counts
  FROM journey AS events
  WHERE events."at" >= DATE '2026-03-01'
    AND events."at" < DATE '2026-03-14'
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-14')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_buy, journey_visit by month, settled 7 days
events_distinct_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_buy_counts) AS journey_buy,
    count(DISTINCT i.entity) AS journey_visit
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
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.journey_buy, 0) AS journey_buy,
    COALESCE(r1.journey_visit, 0) AS journey_visit
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
),
-- KPIs that other KPIs use
formulas AS MATERIALIZED (
  SELECT
    c.*,
    31 AS bought_target,
    13 AS bought_due,
    CAST(c.journey_buy AS DOUBLE) / NULLIF(c.journey_visit, 0) AS bought_rate,
    0.5 AS bought_rate_target
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.journey_buy AS bought,
  c.bought_target,
  1 + CAST(c.journey_buy - c.bought_target AS DOUBLE) / NULLIF(abs(c.bought_target), 0) AS bought_attainment,
  1 + CAST(c.journey_buy - c.bought_due AS DOUBLE) / NULLIF(abs(c.bought_due), 0) AS bought_pacing,
  CASE
    WHEN c.journey_buy IS NULL THEN 'no_data'
    WHEN c.bought_due IS NULL THEN 'no_target'
    WHEN round(c.journey_buy, 9) < round(c.bought_due, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS bought_status,
  CASE WHEN TRUE THEN CAST(NULL AS DOUBLE) ELSE c.journey_buy END AS bought_projected,
  c.bought_rate,
  c.bought_rate_target,
  1 + CAST(c.bought_rate - c.bought_rate_target AS DOUBLE) / NULLIF(abs(c.bought_rate_target), 0) AS bought_rate_attainment,
  1 + CAST(c.bought_rate - c.bought_rate_target AS DOUBLE) / NULLIF(abs(c.bought_rate_target), 0) AS bought_rate_pacing,
  CASE
    WHEN c.bought_rate IS NULL THEN 'no_data'
    WHEN c.bought_rate_target IS NULL THEN 'no_target'
    WHEN round(c.bought_rate, 9) < round(c.bought_rate_target, 9) THEN 'off_track'
    ELSE 'on_track'
  END AS bought_rate_status,
  c.bought_rate AS bought_rate_projected
FROM formulas AS c
ORDER BY c.period_start;
