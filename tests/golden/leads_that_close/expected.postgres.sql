WITH
-- rows of the first step's source
pipeline_first AS (
  SELECT
    leads.lead_id AS entity,
    leads.created_at AS "at",
    row_number() OVER (PARTITION BY leads.lead_id ORDER BY leads.created_at, leads.lead_id) AS tie,
    leads.lead_id AS key_1,
    TRUE AS is_step_1,
    FALSE AS is_step_2,
    FALSE AS is_step_3
  FROM leads
  WHERE leads.lead_id IS NOT NULL
    AND leads.created_at >= TIMESTAMP '2026-01-01 00:00:00'
),
-- rows that may be a step
pipeline_stream AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.tie,
    f.is_step_1,
    f.is_step_2,
    f.is_step_3
  FROM pipeline_first AS f
  UNION ALL
  SELECT
    leads.lead_id AS entity,
    leads.activated_at AS "at",
    1 AS stream,
    row_number() OVER (PARTITION BY leads.lead_id ORDER BY leads.activated_at, leads.lead_id) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2,
    FALSE AS is_step_3
  FROM leads
  WHERE leads.lead_id IS NOT NULL
    AND leads.activated_at >= TIMESTAMP '2026-01-01 00:00:00'
  UNION ALL
  SELECT
    leads.lead_id AS entity,
    leads.customer_at AS "at",
    2 AS stream,
    row_number() OVER (PARTITION BY leads.lead_id ORDER BY leads.customer_at, leads.lead_id) AS tie,
    FALSE AS is_step_1,
    FALSE AS is_step_2,
    TRUE AS is_step_3
  FROM leads
  WHERE leads.lead_id IS NOT NULL
    AND leads.customer_at >= TIMESTAMP '2026-01-01 00:00:00'
),
-- in the order of time; rows at the same time by their key
pipeline_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.stream, s.tie) AS place
  FROM pipeline_stream AS s
),
-- where each step is taken next
pipeline_next AS (
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
    ) AS next_2,
    min(CASE WHEN s.is_step_3 THEN s.place END) OVER (
      PARTITION BY s.entity
      ORDER BY s.place DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS next_3
  FROM pipeline_order AS s
),
-- the first step, and when those behind it are taken
pipeline_steps AS (
  SELECT
    s1.entity,
    s1.tie,
    s2."at" AS kpic_step_2,
    s3."at" AS kpic_step_3
  FROM pipeline_next AS s1
  LEFT JOIN pipeline_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
  LEFT JOIN pipeline_next AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
  WHERE s1.is_step_1
),
-- the rows of the first step
pipeline AS (
  SELECT
    leads.*,
    m.kpic_step_2,
    m.kpic_step_3
  FROM leads
  JOIN pipeline_first AS k ON k.key_1 = leads.lead_id
  JOIN pipeline_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- leads: each counted value once a month
leads_entities AS (
  SELECT
    CAST(date_trunc('month', leads.created_at) AS DATE) AS period_start,
    leads.lead_id AS entity,
    bit_or(
      CASE WHEN company.country = 'DE' THEN 1 ELSE 0 END
        + CASE WHEN leads.kpic_step_2 IS NOT NULL THEN 2 ELSE 0 END
        + CASE WHEN leads.kpic_step_2 IS NOT NULL AND company.country = 'DE' THEN 4 ELSE 0 END
        + CASE WHEN leads.kpic_step_3 IS NOT NULL THEN 8 ELSE 0 END
        + CASE WHEN leads.kpic_step_3 IS NOT NULL AND company.country = 'DE' THEN 16 ELSE 0 END
    ) AS fulfils
  FROM pipeline AS leads
  LEFT JOIN companies AS company ON company.company_id = leads.company_id
  WHERE leads.created_at >= TIMESTAMP '2026-01-01 00:00:00'
    AND leads.created_at < TIMESTAMP '2026-03-01 00:00:00'
  GROUP BY 1, 2
),
-- leads: how many values fulfil which conditions together
leads_counts AS (
  SELECT
    i.period_start,
    i.fulfils,
    count(i.entity) AS entities
  FROM leads_entities AS i
  GROUP BY 1, 2
),
-- leads: pipeline_lead, pipeline_activated, pipeline_customer by month
leads_distinct_monthly AS (
  SELECT
    i.period_start,
    'all' AS segment,
    CAST(sum(i.entities) AS BIGINT) AS pipeline_lead,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS pipeline_activated,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 8 > 0) AS BIGINT) AS pipeline_customer
  FROM leads_counts AS i
  GROUP BY 1
  UNION ALL
  SELECT
    i.period_start,
    'germany' AS segment,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS pipeline_lead,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 4 > 0) AS BIGINT) AS pipeline_activated,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 16 > 0) AS BIGINT) AS pipeline_customer
  FROM leads_counts AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('germany')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    s.segment,
    COALESCE(r1.pipeline_lead, 0) AS pipeline_lead,
    COALESCE(r1.pipeline_activated, 0) AS pipeline_activated,
    COALESCE(r1.pipeline_customer, 0) AS pipeline_customer
  FROM spine AS p
  CROSS JOIN segments AS s
  LEFT JOIN leads_distinct_monthly AS r1
    ON r1.period_start = p.period_start
    AND r1.segment = s.segment
)
SELECT
  c.period_start,
  'total' AS slicing,
  c.segment,
  c.pipeline_lead AS leads,
  c.pipeline_activated AS activated,
  c.pipeline_customer AS customers,
  CAST(c.pipeline_customer AS DOUBLE PRECISION) / NULLIF(c.pipeline_lead, 0) AS closing_rate
FROM cells AS c
ORDER BY CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'germany' THEN 1 END, c.period_start;
