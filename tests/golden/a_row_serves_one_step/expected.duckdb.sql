WITH
-- rows of the step first, in order
looks_first_rows AS (
  SELECT
    views.visitor_id AS entity,
    views."at",
    views."at" AS local,
    views.id AS key_1,
    row(views."at", views.id) AS place
  FROM views
  WHERE views.visitor_id IS NOT NULL
    AND views."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND views.id IS NOT NULL
),
-- rows of the step second, in order
looks_second_rows AS (
  SELECT
    views.visitor_id AS entity,
    views."at",
    views."at" AS local,
    row(views."at", views.id) AS place
  FROM views
  WHERE views.visitor_id IS NOT NULL
    AND views."at" >= TIMESTAMP '2026-01-01 00:00:00'
),
-- those who reach the step second in time
looks_to_second AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    s.local,
    n.place,
    n."at" AS kpic_step_2
  FROM looks_first_rows AS s
  ASOF JOIN looks_second_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n.local < s.local + INTERVAL '7 days'
),
-- those who reach the step third in time
looks_to_third AS (
  SELECT
    s.key_1,
    s.entity,
    s."at",
    s.local,
    n.place,
    n."at" AS kpic_step_3
  FROM looks_to_second AS s
  ASOF JOIN looks_second_rows AS n
    ON n.entity = s.entity
    AND n.place > s.place
  WHERE n.local < s.local + INTERVAL '7 days'
),
-- the rows of the first step
looks AS (
  SELECT
    views.*,
    m.kpic_step_2,
    m_2.kpic_step_3
  FROM views
  LEFT JOIN looks_to_second AS m ON m.key_1 = views.id
  LEFT JOIN looks_to_third AS m_2 ON m_2.key_1 = views.id
  WHERE views.visitor_id IS NOT NULL
    AND views."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND views.id IS NOT NULL
),
-- views: each counted value once a month
views_entities AS (
  SELECT
    CAST(views."at" AS DATE) - CAST(day(views."at") - 1 AS INTEGER) AS period_start,
    views.visitor_id AS entity,
    bit_or(
      CASE WHEN views.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN views.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM looks AS views
  WHERE views."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND views."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- views: how many values fulfil which conditions together
views_counts AS (
  SELECT
    i.period_start,
    i.fulfils,
    count(i.entity) AS entities
  FROM views_entities AS i
  GROUP BY 1, 2
),
-- views: looks_first, looks_second, looks_third by month, settled 7 days
views_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    CAST(sum(i.entities) AS BIGINT) AS looks_first,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS looks_second,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS looks_third
  FROM views_counts AS i
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
    COALESCE(r1.looks_first, 0) AS looks_first,
    COALESCE(r1.looks_second, 0) AS looks_second,
    COALESCE(r1.looks_third, 0) AS looks_third
  FROM spine AS p
  LEFT JOIN views_distinct_monthly_settled_7_days AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.looks_first AS once,
  c.looks_second AS twice,
  c.looks_third AS thrice
FROM cells AS c
ORDER BY c.period_start;
