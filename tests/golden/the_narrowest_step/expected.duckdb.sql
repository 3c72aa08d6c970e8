WITH
-- rows of the first step's source
pipeline_first AS (
  SELECT
    leads.lead_id AS entity,
    leads.created_on AS "at",
    row_number() OVER (PARTITION BY leads.lead_id ORDER BY leads.created_on, leads.lead_id) AS tie,
    leads.lead_id AS key_1,
    TRUE AS is_step_1,
    FALSE AS is_step_2,
    FALSE AS is_step_3
  FROM (
select n as lead_id,
  case when n <= 1000 then date '2026-01-10' else date '2026-02-10' end as created_on,
  case when n <= 1000 then date '2026-01-11' when n <= 1500 then date '2026-02-11' end as activated_on,
  case when n <= 1000 then date '2026-01-12' when n <= 1050 then date '2026-02-12' end as customer_on
from generate_series(1, 2000) as numbers(n)
  ) AS leads
  WHERE leads.lead_id IS NOT NULL
    AND leads.created_on >= DATE '2026-01-01'
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
    leads.activated_on AS "at",
    1 AS stream,
    row_number() OVER (PARTITION BY leads.lead_id ORDER BY leads.activated_on, leads.lead_id) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2,
    FALSE AS is_step_3
  FROM (
select n as lead_id,
  case when n <= 1000 then date '2026-01-10' else date '2026-02-10' end as created_on,
  case when n <= 1000 then date '2026-01-11' when n <= 1500 then date '2026-02-11' end as activated_on,
  case when n <= 1000 then date '2026-01-12' when n <= 1050 then date '2026-02-12' end as customer_on
from generate_series(1, 2000) as numbers(n)
  ) AS leads
  WHERE leads.lead_id IS NOT NULL
    AND leads.activated_on >= DATE '2026-01-01'
  UNION ALL
  SELECT
    leads.lead_id AS entity,
    leads.customer_on AS "at",
    2 AS stream,
    row_number() OVER (PARTITION BY leads.lead_id ORDER BY leads.customer_on, leads.lead_id) AS tie,
    FALSE AS is_step_1,
    FALSE AS is_step_2,
    TRUE AS is_step_3
  FROM (
select n as lead_id,
  case when n <= 1000 then date '2026-01-10' else date '2026-02-10' end as created_on,
  case when n <= 1000 then date '2026-01-11' when n <= 1500 then date '2026-02-11' end as activated_on,
  case when n <= 1000 then date '2026-01-12' when n <= 1050 then date '2026-02-12' end as customer_on
from generate_series(1, 2000) as numbers(n)
  ) AS leads
  WHERE leads.lead_id IS NOT NULL
    AND leads.customer_on >= DATE '2026-01-01'
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
  FROM (
select n as lead_id,
  case when n <= 1000 then date '2026-01-10' else date '2026-02-10' end as created_on,
  case when n <= 1000 then date '2026-01-11' when n <= 1500 then date '2026-02-11' end as activated_on,
  case when n <= 1000 then date '2026-01-12' when n <= 1050 then date '2026-02-12' end as customer_on
from generate_series(1, 2000) as numbers(n)
  ) AS leads
  JOIN pipeline_first AS k ON k.key_1 = leads.lead_id
  JOIN pipeline_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- leads: each counted value once a month
leads_entities AS (
  SELECT
    CAST(leads.created_on AS DATE) - CAST(day(leads.created_on) - 1 AS INTEGER) AS period_start,
    leads.lead_id AS entity,
    bit_or(
      CASE WHEN leads.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN leads.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM pipeline AS leads
  WHERE leads.created_on >= DATE '2026-01-01'
    AND leads.created_on < DATE '2026-03-01'
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
    CAST(sum(i.entities) AS BIGINT) AS pipeline_lead,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS pipeline_activated,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS pipeline_customer
  FROM leads_counts AS i
  GROUP BY 1
),
-- leads: each counted value once a month
leads_entities_2 AS (
  SELECT
    CAST(leads.created_on AS DATE) - CAST(day(leads.created_on) - 1 AS INTEGER) AS period_start,
    leads.lead_id AS entity,
    bit_or(
      CASE WHEN leads.kpic_step_2 IS NOT NULL THEN 1 ELSE 0 END
        + CASE WHEN leads.kpic_step_3 IS NOT NULL THEN 2 ELSE 0 END
    ) AS fulfils
  FROM pipeline AS leads
  WHERE leads.created_on >= DATE '2026-01-01'
    AND leads.created_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- leads: how many values fulfil which conditions together
leads_counts_2 AS (
  SELECT
    i.period_start,
    i.fulfils,
    count(i.entity) AS entities
  FROM leads_entities_2 AS i
  GROUP BY 1, 2
),
-- leads over all members of pipeline.step
leads_total AS (
  SELECT
    i.period_start,
    CAST(NULL AS VARCHAR) AS "pipeline.step",
    CAST(sum(i.entities) AS BIGINT) AS pipeline_lead_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 1 > 0) AS BIGINT) AS pipeline_activated_total,
    CAST(sum(i.entities) FILTER (WHERE i.fulfils & 2 > 0) AS BIGINT) AS pipeline_customer_total
  FROM leads_counts_2 AS i
  GROUP BY 1
),
-- leads by day
leads_atoms AS (
  SELECT
    leads.created_on AS period_start,
    count(*) AS leads_rows_total
  FROM pipeline AS leads
  WHERE leads.created_on >= DATE '2026-01-01'
    AND leads.created_on < DATE '2026-03-01'
  GROUP BY 1
),
-- leads over all members of pipeline.step
leads_total_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(NULL AS VARCHAR) AS "pipeline.step",
    CAST(sum(i.leads_rows_total) AS BIGINT) AS leads_rows_total
  FROM leads_atoms AS i
  GROUP BY 1
),
-- the steps of the funnel
pipeline_each AS (
  SELECT *
  FROM (
    VALUES
      ('lead'),
      ('activated'),
      ('customer')
  ) AS q(step)
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    f1.step AS "pipeline.step"
  FROM leads_total AS r
  CROSS JOIN pipeline_each AS f1
  UNION ALL
  SELECT
    r.period_start,
    f1.step AS "pipeline.step"
  FROM leads_total_2 AS r
  CROSS JOIN pipeline_each AS f1
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k."pipeline.step"
  FROM stack AS k
  GROUP BY 1, 2
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m."pipeline.step",
    COALESCE(t1.pipeline_lead_total, 0) AS pipeline_lead_total,
    COALESCE(t1.pipeline_activated_total, 0) AS pipeline_activated_total,
    COALESCE(t1.pipeline_customer_total, 0) AS pipeline_customer_total,
    COALESCE(t2.leads_rows_total, 0) AS leads_rows_total
  FROM merged AS m
  LEFT JOIN leads_total AS t1 ON t1.period_start = m.period_start
  LEFT JOIN leads_total_2 AS t2 ON t2.period_start = m.period_start
),
-- over each pipeline.step, those that take part
"per_pipeline.step_result" AS (
  SELECT
    c.period_start,
    min(
      CASE
        WHEN c."pipeline.step" = 'activated' THEN CAST(c.pipeline_activated_total AS DOUBLE)
            / NULLIF(c.pipeline_lead_total, 0)
        WHEN c."pipeline.step" = 'customer' THEN CAST(c.pipeline_customer_total AS DOUBLE)
            / NULLIF(c.pipeline_activated_total, 0)
      END
    ) AS "per_pipeline.step"
  FROM cells AS c
  WHERE (c.leads_rows_total > 0) IS TRUE
    AND c."pipeline.step" IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_2 AS (
  SELECT
    p.period_start,
    COALESCE(r1.pipeline_lead, 0) AS pipeline_lead,
    COALESCE(r1.pipeline_activated, 0) AS pipeline_activated,
    COALESCE(r1.pipeline_customer, 0) AS pipeline_customer,
    r2."per_pipeline.step"
  FROM spine AS p
  LEFT JOIN leads_distinct_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN "per_pipeline.step_result" AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.pipeline_lead AS leads,
  c.pipeline_activated AS activated,
  c.pipeline_customer AS customers,
  CAST(c.pipeline_customer AS DOUBLE) / NULLIF(c.pipeline_lead, 0) AS closing_rate,
  c."per_pipeline.step" AS funnel_shape_index
FROM cells_2 AS c
ORDER BY c.period_start;
