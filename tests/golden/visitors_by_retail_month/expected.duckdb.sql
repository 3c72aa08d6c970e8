WITH
-- rows of the step visit, in order
journey_visit_rows AS (
  SELECT
    events.visitor AS entity,
    events.day AS "at",
    events.id AS key_1,
    row(events.day, events.id) AS place
  FROM events
  WHERE events.visitor IS NOT NULL
    AND events.day >= DATE '2023-01-01'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- rows of the step purchase, in order
journey_purchase_rows AS (
  SELECT
    events.visitor AS entity,
    events.day AS "at",
    row(events.day, events.id) AS place
  FROM events
  WHERE events.visitor IS NOT NULL
    AND events.day >= DATE '2023-01-01'
    AND events.name = 'purchase'
),
-- those who reach the step purchase in time
journey_to_purchase AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    n.place,
    n."at" AS kpic_step_2
  FROM journey_visit_rows AS s
  ASOF JOIN journey_purchase_rows AS n
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
  LEFT JOIN journey_to_purchase AS m ON m.key_1 = events.id
  WHERE events.visitor IS NOT NULL
    AND events.day >= DATE '2023-01-01'
    AND events.name = 'visit'
    AND events.id IS NOT NULL
),
-- events: each counted value once a day
events_entities AS (
  SELECT
    events.day AS period_start,
    events.visitor AS entity,
    bool_or(events.kpic_step_2 IS NOT NULL) AS journey_purchase_counts
  FROM journey AS events
  WHERE events.day >= DATE '2023-01-01'
    AND events.day < DATE '2023-04-02'
  GROUP BY 1, 2
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-29', DATE '2023-01-29', DATE '2023-02-26'),
      (DATE '2023-02-26', DATE '2023-02-26', DATE '2023-04-02')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_visit, journey_purchase by fiscal_month, settled 7 days
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
-- the time that each period reads: previous 1 month settled 7 days
previous_1_month_settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-29', DATE '2023-01-01', DATE '2023-01-29'),
      (DATE '2023-02-26', DATE '2023-01-29', DATE '2023-02-26')
  ) AS q(period_start, window_start, window_end)
),
-- events: journey_purchase, journey_visit by fiscal_month, previous 1 month settled 7 days
events_distinct_monthly_previous_1_month_settled_7_days AS (
  SELECT
    w.period_start,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_purchase_counts) AS journey_purchase_previous,
    count(DISTINCT i.entity) AS journey_visit_previous
  FROM events_entities AS i
  JOIN previous_1_month_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- when each entity enters: its first row
visitors_entries AS (
  SELECT
    events.visitor AS entity,
    events.day AS kpic_entered,
    events.id AS key_1
  FROM events
  WHERE events.visitor IS NOT NULL
    AND events.day IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY events.visitor ORDER BY events.day, events.id) = 1
),
-- what those who entered did afterwards: purchases
visitors_purchases AS (
  SELECT
    e.entity,
    count(*) AS kpic_value
  FROM events
  JOIN visitors_entries AS e
    ON events.visitor = e.entity
    AND events.day >= e.kpic_entered
    AND events.day < CAST(e.kpic_entered AS DATE) + 7
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
    events.day AS period_start,
    count(*) FILTER (WHERE events.kpic_value > 0) AS visitors_with_purchases,
    count(*) AS visitors_entrants
  FROM visitors AS events
  WHERE events.day >= DATE '2023-01-29'
    AND events.day < DATE '2023-04-02'
  GROUP BY 1
),
-- events: visitors_with_purchases, visitors_entrants by fiscal_month
events_monthly AS (
  SELECT
    w.period_start,
    CAST(sum(i.visitors_with_purchases) AS BIGINT) AS visitors_with_purchases,
    CAST(sum(i.visitors_entrants) AS BIGINT) AS visitors_entrants
  FROM events_atoms AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- events by day
events_atoms_2 AS (
  SELECT
    events.day AS period_start,
    events.visitor,
    count(*) FILTER (WHERE events.name = 'purchase') AS purchases,
    count(*) AS events_rows
  FROM events
  WHERE events.day >= DATE '2023-01-29'
    AND events.day < DATE '2023-04-02'
  GROUP BY 1, 2
),
-- events: purchases, events_rows by fiscal_month
events_monthly_2 AS (
  SELECT
    w.period_start,
    i.visitor,
    CAST(sum(i.purchases) AS BIGINT) AS purchases,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_2 AS i
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
    AND (c.purchases > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- events by day
events_atoms_3 AS (
  SELECT
    events.day AS period_start,
    events.visitor,
    count(*) FILTER (WHERE events.name = 'purchase') AS purchases,
    count(*) AS events_rows
  FROM events
  WHERE events.day >= DATE '2023-01-29'
    AND events.day < DATE '2023-04-02'
  GROUP BY 1, 2
),
-- events: purchases, events_rows by fiscal_month
events_monthly_3 AS (
  SELECT
    w.period_start,
    i.visitor,
    CAST(sum(i.purchases) AS BIGINT) AS purchases,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_3 AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.purchases,
    r.events_rows
  FROM events_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.visitor,
    COALESCE(max(k.purchases), 0) AS purchases,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_2_result AS (
  SELECT
    c.period_start,
    count(*) AS per_visitor_2
  FROM cells_2 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND (c.purchases >= 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- events by day
events_atoms_4 AS (
  SELECT
    events.day AS period_start,
    events.visitor,
    count(*) FILTER (WHERE events.name = 'purchase') AS purchases,
    count(*) AS events_rows
  FROM events
  WHERE events.day >= DATE '2023-01-29'
    AND events.day < DATE '2023-04-02'
  GROUP BY 1, 2
),
-- events: purchases, events_rows by fiscal_month
events_monthly_4 AS (
  SELECT
    w.period_start,
    i.visitor,
    CAST(sum(i.purchases) AS BIGINT) AS purchases,
    CAST(sum(i.events_rows) AS BIGINT) AS events_rows
  FROM events_atoms_4 AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.purchases,
    r.events_rows
  FROM events_monthly_4 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.visitor,
    COALESCE(max(k.purchases), 0) AS purchases,
    COALESCE(max(k.events_rows), 0) AS events_rows
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_3_result AS (
  SELECT
    c.period_start,
    CAST(sum(c.purchases) AS DOUBLE) / NULLIF(count(c.purchases), 0) AS per_visitor_3
  FROM cells_3 AS c
  WHERE (c.events_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2023-01-29'),
      (DATE '2023-02-26')
  ) AS q(period_start)
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    COALESCE(r1.journey_visit, 0) AS journey_visit,
    COALESCE(r1.journey_purchase, 0) AS journey_purchase,
    COALESCE(r2.journey_purchase_previous, 0) AS journey_purchase_previous,
    COALESCE(r2.journey_visit_previous, 0) AS journey_visit_previous,
    COALESCE(r3.visitors_with_purchases, 0) AS visitors_with_purchases,
    COALESCE(r3.visitors_entrants, 0) AS visitors_entrants,
    COALESCE(r4.per_visitor, 0) AS per_visitor,
    COALESCE(r5.per_visitor_2, 0) AS per_visitor_2,
    r6.per_visitor_3
  FROM spine AS p
  LEFT JOIN events_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
  LEFT JOIN events_distinct_monthly_previous_1_month_settled_7_days AS r2
    ON r2.period_start = p.period_start
  LEFT JOIN events_monthly AS r3 ON r3.period_start = p.period_start
  LEFT JOIN per_visitor_result AS r4 ON r4.period_start = p.period_start
  LEFT JOIN per_visitor_2_result AS r5 ON r5.period_start = p.period_start
  LEFT JOIN per_visitor_3_result AS r6 ON r6.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.journey_visit AS visited,
  c.journey_purchase AS bought,
  CAST(c.journey_purchase_previous AS DOUBLE) / NULLIF(c.journey_visit_previous, 0) AS bought_rate_before,
  CAST(c.visitors_with_purchases AS DOUBLE) / NULLIF(c.visitors_entrants, 0) AS retained_7,
  CAST(c.per_visitor AS DOUBLE) / NULLIF(c.per_visitor_2, 0) AS buyers_share,
  c.per_visitor_3 AS purchases_each
FROM cells_4 AS c
ORDER BY c.period_start;
