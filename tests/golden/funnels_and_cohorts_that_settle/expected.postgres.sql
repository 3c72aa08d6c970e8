WITH
-- rows of the first step's source
journey_first AS (
  SELECT
    visits.who AS entity,
    visits.day AS "at",
    row_number() OVER (PARTITION BY visits.who ORDER BY visits.day, visits.visit_id) AS tie,
    visits.visit_id AS key_1,
    TRUE AS is_step_1,
    FALSE AS is_step_2
  FROM visits
  WHERE visits.who IS NOT NULL
    AND visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-01'
),
-- rows that may be a step
journey_stream AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.tie,
    f.is_step_1,
    f.is_step_2
  FROM journey_first AS f
  UNION ALL
  SELECT
    purchases.who AS entity,
    purchases.day AS "at",
    1 AS stream,
    row_number() OVER (PARTITION BY purchases.who ORDER BY purchases.day, purchases.purchase_id) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2
  FROM purchases
  WHERE purchases.who IS NOT NULL
    AND purchases.day >= DATE '2026-01-01'
    AND purchases.day < DATE '2026-02-01'
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
    visits.*,
    m.kpic_step_2
  FROM visits
  JOIN journey_first AS k ON k.key_1 = visits.visit_id
  JOIN journey_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- visits: each counted value once a day
visits_entities AS (
  SELECT
    visits.day AS period_start,
    visits.who AS entity,
    bool_or(visits.kpic_step_2 IS NOT NULL) AS journey_purchase_counts
  FROM journey AS visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-01-25'
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-01-25')
  ) AS q(period_start, window_start, window_end)
),
-- visits: journey_purchase, journey_visit by month, settled 7 days
visits_distinct_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_purchase_counts) AS journey_purchase,
    count(DISTINCT i.entity) AS journey_visit
  FROM visits_entities AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- when each entity enters: its first row
first_visits_entries AS (
  SELECT
    q.entity,
    q.kpic_entered,
    q.key_1
  FROM (
    SELECT
      visits.who AS entity,
      visits.day AS kpic_entered,
      visits.visit_id AS key_1,
      row_number() OVER (PARTITION BY visits.who ORDER BY visits.day, visits.visit_id) AS kpic_place
    FROM visits
    WHERE visits.who IS NOT NULL
      AND visits.day IS NOT NULL
      AND visits.day < DATE '2026-02-01'
  ) AS q
  WHERE q.kpic_place = 1
),
-- what those who entered did afterwards: purchases
first_visits_purchases AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM purchases
  JOIN first_visits_entries AS e
    ON purchases.who = e.entity
    AND purchases.day >= e.kpic_entered
    AND purchases.day < CAST(e.kpic_entered AS DATE) + 3
  WHERE purchases.day < DATE '2026-02-01'
  GROUP BY 1
),
-- the rows with which entities enter
first_visits AS (
  SELECT
    visits.*,
    e.kpic_entered,
    v.kpic_value
  FROM visits
  JOIN first_visits_entries AS e ON e.key_1 = visits.visit_id
  LEFT JOIN first_visits_purchases AS v ON v.entity = e.entity
),
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    count(*) FILTER (WHERE visits.kpic_value > 0) AS first_visits_with_purchases,
    count(*) AS first_visits_entrants,
    max(visits.kpic_entered) AS first_visits_youngest
  FROM first_visits AS visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-01'
  GROUP BY 1
),
-- visits: first_visits_with_purchases, first_visits_entrants, first_visits_youngest by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.first_visits_with_purchases) AS BIGINT) AS first_visits_with_purchases,
    CAST(sum(i.first_visits_entrants) AS BIGINT) AS first_visits_entrants,
    max(i.first_visits_youngest) AS first_visits_youngest
  FROM visits_atoms AS i
  GROUP BY 1
),
-- rows of the first step's source
journey_first_2 AS (
  SELECT
    visits.who AS entity,
    visits.day AS "at",
    row_number() OVER (PARTITION BY visits.who ORDER BY visits.day, visits.visit_id) AS tie,
    visits.visit_id AS key_1,
    TRUE AS is_step_1,
    FALSE AS is_step_2
  FROM visits
  WHERE visits.who IS NOT NULL
    AND visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-01-22'
),
-- rows that may be a step
journey_stream_2 AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.tie,
    f.is_step_1,
    f.is_step_2
  FROM journey_first_2 AS f
  UNION ALL
  SELECT
    purchases.who AS entity,
    purchases.day AS "at",
    1 AS stream,
    row_number() OVER (PARTITION BY purchases.who ORDER BY purchases.day, purchases.purchase_id) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2
  FROM purchases
  WHERE purchases.who IS NOT NULL
    AND purchases.day >= DATE '2026-01-01'
    AND purchases.day < DATE '2026-01-22'
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
    s2."at" AS kpic_step_2
  FROM journey_next_2 AS s1
  LEFT JOIN journey_next_2 AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2."at" < CAST(s1."at" AS DATE) + 7
  WHERE s1.is_step_1
),
-- the rows of the first step
journey_2 AS (
  SELECT
    visits.*,
    m.kpic_step_2
  FROM visits
  JOIN journey_first_2 AS k ON k.key_1 = visits.visit_id
  JOIN journey_steps_2 AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- visits: each counted value once a day
visits_entities_2 AS (
  SELECT
    visits.day AS period_start,
    visits.who AS entity,
    bool_or(visits.kpic_step_2 IS NOT NULL) AS journey_purchase_2_counts
  FROM journey_2 AS visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-01-15'
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-01-15')
  ) AS q(period_start, window_start, window_end)
),
-- visits: journey_purchase, journey_visit by month, settled 7 days
visits_distinct_monthly_settled_7_days_2 AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_purchase_2_counts) AS journey_purchase_2,
    count(DISTINCT i.entity) AS journey_visit_2
  FROM visits_entities_2 AS i
  JOIN settled_7_days_2 AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- when each entity enters: its first row
first_visits_entries_2 AS (
  SELECT
    q.entity,
    q.kpic_entered,
    q.key_1
  FROM (
    SELECT
      visits.who AS entity,
      visits.day AS kpic_entered,
      visits.visit_id AS key_1,
      row_number() OVER (PARTITION BY visits.who ORDER BY visits.day, visits.visit_id) AS kpic_place
    FROM visits
    WHERE visits.who IS NOT NULL
      AND visits.day IS NOT NULL
      AND visits.day < DATE '2026-01-22'
  ) AS q
  WHERE q.kpic_place = 1
),
-- what those who entered did afterwards: purchases
first_visits_purchases_2 AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM purchases
  JOIN first_visits_entries_2 AS e
    ON purchases.who = e.entity
    AND purchases.day >= e.kpic_entered
    AND purchases.day < CAST(e.kpic_entered AS DATE) + 3
  WHERE purchases.day < DATE '2026-01-22'
  GROUP BY 1
),
-- the rows with which entities enter
first_visits_2 AS (
  SELECT
    visits.*,
    e.kpic_entered,
    v.kpic_value
  FROM visits
  JOIN first_visits_entries_2 AS e ON e.key_1 = visits.visit_id
  LEFT JOIN first_visits_purchases_2 AS v ON v.entity = e.entity
),
-- visits by day
visits_atoms_2 AS (
  SELECT
    visits.day AS period_start,
    count(*) FILTER (WHERE visits.kpic_value > 0) AS first_visits_with_purchases_2,
    count(*) AS first_visits_entrants_2,
    max(visits.kpic_entered) AS first_visits_youngest_2
  FROM first_visits_2 AS visits
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-01-22'
  GROUP BY 1
),
-- the time that each period reads: periods
periods AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-01-22')
  ) AS q(period_start, window_start, window_end)
),
-- visits: first_visits_with_purchases, first_visits_entrants, first_visits_youngest by month
visits_monthly_2 AS (
  SELECT
    w.period_start,
    CAST(sum(i.first_visits_with_purchases_2) AS BIGINT) AS first_visits_with_purchases_2,
    CAST(sum(i.first_visits_entrants_2) AS BIGINT) AS first_visits_entrants_2,
    max(i.first_visits_youngest_2) AS first_visits_youngest_2
  FROM visits_atoms_2 AS i
  JOIN periods AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.journey_purchase, 0) AS journey_purchase,
    COALESCE(r1.journey_visit, 0) AS journey_visit,
    COALESCE(r2.first_visits_with_purchases, 0) AS first_visits_with_purchases,
    COALESCE(r2.first_visits_entrants, 0) AS first_visits_entrants,
    r2.first_visits_youngest,
    COALESCE(r3.journey_purchase_2, 0) AS journey_purchase_2,
    COALESCE(r3.journey_visit_2, 0) AS journey_visit_2,
    COALESCE(r4.first_visits_with_purchases_2, 0) AS first_visits_with_purchases_2,
    COALESCE(r4.first_visits_entrants_2, 0) AS first_visits_entrants_2,
    r4.first_visits_youngest_2
  FROM spine AS p
  LEFT JOIN visits_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_monthly AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_distinct_monthly_settled_7_days_2 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN visits_monthly_2 AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.journey_purchase AS DOUBLE PRECISION) / NULLIF(c.journey_visit, 0) AS conversion,
  CASE
    WHEN CAST(c.first_visits_youngest AS DATE) + 3 <= DATE '2026-02-01' THEN CAST(
        c.first_visits_with_purchases AS DOUBLE PRECISION
      )
        / NULLIF(c.first_visits_entrants, 0)
  END AS bought,
  CAST(c.journey_purchase_2 AS DOUBLE PRECISION) / NULLIF(c.journey_visit_2, 0) AS settled_conversion,
  CASE
    WHEN CAST(c.first_visits_youngest_2 AS DATE) + 3 <= DATE '2026-01-22' THEN CAST(
        c.first_visits_with_purchases_2 AS DOUBLE PRECISION
      )
        / NULLIF(c.first_visits_entrants_2, 0)
  END AS settled_bought
FROM cells AS c
ORDER BY c.period_start;
