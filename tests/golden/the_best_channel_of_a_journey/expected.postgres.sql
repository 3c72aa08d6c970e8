WITH
-- rows that may be a step
journey_stream AS (
  SELECT
    visits.visitor AS entity,
    visits."at",
    visits."at" AS local,
    visits.id AS key_1,
    (NOT COALESCE(visits.is_order, FALSE)) IS TRUE AS is_step_1,
    visits.is_order IS TRUE AS is_step_2
  FROM visits
  WHERE visits.visitor IS NOT NULL
    AND visits."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND ((NOT COALESCE(visits.is_order, FALSE)) IS TRUE OR visits.is_order IS TRUE)
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
    visits.*,
    m.kpic_step_2
  FROM visits
  JOIN journey_steps AS m ON m.key_1 = visits.id
),
-- visits: journey_bought by month
visits_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', visits."at") AS DATE) AS period_start,
    visits.channel,
    count(DISTINCT visits.visitor) FILTER (WHERE visits.kpic_step_2 IS NOT NULL) AS journey_bought
  FROM journey AS visits
  WHERE visits."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND visits."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- visits by day
visits_atoms AS (
  SELECT
    CAST(visits."at" AS DATE) AS period_start,
    visits.channel,
    count(*) AS visits_rows
  FROM journey AS visits
  WHERE visits."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND visits."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- visits: visits_rows by month, settled 7 days
visits_monthly_settled_7_days AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.channel,
    CAST(sum(i.visits_rows) AS BIGINT) AS visits_rows
  FROM visits_atoms AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.channel,
    r.journey_bought,
    CAST(NULL AS BIGINT) AS visits_rows
  FROM visits_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.channel,
    CAST(NULL AS BIGINT) AS journey_bought,
    r.visits_rows
  FROM visits_monthly_settled_7_days AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.channel,
    COALESCE(max(k.journey_bought), 0) AS journey_bought,
    COALESCE(max(k.visits_rows), 0) AS visits_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.visits_rows > 0 THEN c.journey_bought END AS ranked_by
  FROM cells AS c
),
-- the 1 best of channel
channel_best AS MATERIALIZED (
  SELECT
    q.channel,
    q.place
  FROM (
    SELECT
      c.channel,
      rank() OVER (PARTITION BY c.period_start ORDER BY c.ranked_by DESC NULLS LAST) AS place
    FROM formulas AS c
    WHERE c.ranked_by IS NOT NULL
  ) AS q
  WHERE q.place <= 1
),
-- visits: each counted value once a month
visits_entities AS (
  SELECT
    CAST(date_trunc('month', visits."at") AS DATE) AS period_start,
    best.channel,
    best.place,
    visits.visitor AS entity,
    bool_or(visits.kpic_step_2 IS NOT NULL) AS journey_bought_counts
  FROM journey AS visits
  LEFT JOIN channel_best AS best ON best.channel IS NOT DISTINCT FROM visits.channel
  WHERE visits."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND visits."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2, 3, 4
),
-- visits: journey_bought, journey_seen by month, settled 7 days
visits_distinct_monthly_settled_7_days AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    i.place,
    count(i.entity) FILTER (WHERE i.journey_bought_counts) AS journey_bought,
    count(i.entity) AS journey_seen
  FROM visits_entities AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS channel,
    CAST(NULL AS BIGINT) AS place,
    count(DISTINCT i.entity) FILTER (WHERE i.journey_bought_counts) AS journey_bought,
    count(DISTINCT i.entity) AS journey_seen
  FROM visits_entities AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel,
    i.place
  FROM visits_entities AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel,
    CAST(NULL AS BIGINT) AS place
),
-- results of each source, and a row for every cell asked
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.place,
    r.journey_bought,
    r.journey_seen
  FROM visits_distinct_monthly_settled_7_days AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    m.place,
    CAST(NULL AS BIGINT) AS journey_bought,
    CAST(NULL AS BIGINT) AS journey_seen
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.place,
    COALESCE(max(k.journey_bought), 0) AS journey_bought,
    COALESCE(max(k.journey_seen), 0) AS journey_seen
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  CASE WHEN c.slicing = 'channel' THEN c.place IS NULL END AS is_others,
  c.journey_bought AS bought,
  c.journey_seen AS seen,
  CAST(c.journey_bought AS DOUBLE PRECISION) / NULLIF(c.journey_seen, 0) AS rate
FROM cells_2 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.place NULLS LAST,
  c.channel NULLS LAST,
  c.period_start;
