WITH
-- rows that may be a step
looks_stream AS (
  SELECT
    views.visitor_id AS entity,
    views."at",
    views."at" AS local,
    views.id AS key_1,
    TRUE AS is_step_1,
    TRUE AS is_step_2,
    TRUE AS is_step_3
  FROM views
  WHERE views.visitor_id IS NOT NULL
    AND views."at" >= TIMESTAMP '2026-01-01 00:00:00'
),
-- in the order of time; rows at the same time by their key
looks_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.key_1) AS place
  FROM looks_stream AS s
),
-- where each step is taken next
looks_next AS (
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
    ) AS next_2,
    min(CASE WHEN s.is_step_3 THEN s.place END) OVER (
      PARTITION BY s.entity
      ORDER BY s.place DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS next_3
  FROM looks_order AS s
),
-- the first step, and when those behind it are taken
looks_steps AS (
  SELECT
    s1.key_1,
    s2."at" AS kpic_step_2,
    s3."at" AS kpic_step_3
  FROM looks_next AS s1
  LEFT JOIN looks_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '7 days'
  LEFT JOIN looks_next AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
    AND s3.local < s1.local + INTERVAL '7 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
looks AS (
  SELECT
    views.*,
    m.kpic_step_2,
    m.kpic_step_3
  FROM views
  JOIN looks_steps AS m ON m.key_1 = views.id
),
-- views: each counted value once a month
views_entities AS (
  SELECT
    CAST(date_trunc('month', views."at") AS DATE) AS period_start,
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
