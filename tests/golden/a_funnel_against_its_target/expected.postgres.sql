WITH
-- rows that may be a step
journey_stream AS (
  SELECT
    events.visitor AS entity,
    events."at",
    events.id AS key_1,
    (events.name = 'visit') IS TRUE AS is_step_1,
    (events.name = 'buy') IS TRUE AS is_step_2
  FROM events
  WHERE events.visitor IS NOT NULL
    AND events."at" >= DATE '2026-03-01'
    AND events."at" < DATE '2026-03-21'
    AND ((events.name = 'visit') IS TRUE OR (events.name = 'buy') IS TRUE)
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
    AND s2."at" < CAST(s1."at" AS DATE) + 7
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
    CAST(c.journey_buy AS DOUBLE PRECISION) / NULLIF(c.journey_visit, 0) AS bought_rate,
    0.5 AS bought_rate_target
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.journey_buy AS bought,
  c.bought_target,
  1 + CAST(c.journey_buy - c.bought_target AS DOUBLE PRECISION) / NULLIF(abs(c.bought_target), 0) AS bought_attainment,
  1 + CAST(c.journey_buy - c.bought_due AS DOUBLE PRECISION) / NULLIF(abs(c.bought_due), 0) AS bought_pacing,
  CASE
    WHEN c.journey_buy IS NULL THEN 'no_data'
    WHEN c.bought_due IS NULL THEN 'no_target'
    WHEN round(CAST(c.journey_buy AS NUMERIC), 9) < round(CAST(c.bought_due AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS bought_status,
  CASE WHEN TRUE THEN CAST(NULL AS DOUBLE PRECISION) ELSE c.journey_buy END AS bought_projected,
  c.bought_rate,
  c.bought_rate_target,
  1
    + CAST(c.bought_rate - c.bought_rate_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.bought_rate_target), 0) AS bought_rate_attainment,
  1
    + CAST(c.bought_rate - c.bought_rate_target AS DOUBLE PRECISION)
      / NULLIF(abs(c.bought_rate_target), 0) AS bought_rate_pacing,
  CASE
    WHEN c.bought_rate IS NULL THEN 'no_data'
    WHEN c.bought_rate_target IS NULL THEN 'no_target'
    WHEN round(CAST(c.bought_rate AS NUMERIC), 9) < round(CAST(c.bought_rate_target AS NUMERIC), 9) THEN 'off_track'
    ELSE 'on_track'
  END AS bought_rate_status,
  c.bought_rate AS bought_rate_projected
FROM formulas AS c
ORDER BY c.period_start;
