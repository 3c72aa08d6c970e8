WITH
-- rows of the first step's source
shopping_first AS (
  SELECT
    visits.visitor_id AS entity,
    visits."at",
    visits."at" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS local,
    row_number() OVER (PARTITION BY visits.visitor_id ORDER BY visits."at", visits.id) AS tie,
    visits.id AS key_1,
    TRUE AS is_step_1,
    FALSE AS is_step_2
  FROM visits
  WHERE visits.visitor_id IS NOT NULL
    AND visits."at" >= TIMESTAMP '2026-02-28 23:00:00'
),
-- rows that may be a step
shopping_stream AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.local,
    f.tie,
    f.is_step_1,
    f.is_step_2
  FROM shopping_first AS f
  UNION ALL
  SELECT
    carts.visitor_id AS entity,
    carts.filled_at AT TIME ZONE 'UTC' AS "at",
    1 AS stream,
    carts.filled_at AT TIME ZONE 'Europe/Paris' AS local,
    row_number() OVER (
      PARTITION BY carts.visitor_id
      ORDER BY carts.filled_at AT TIME ZONE 'UTC', carts.id
    ) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2
  FROM carts
  WHERE carts.visitor_id IS NOT NULL
    AND carts.filled_at >= TIMESTAMPTZ '2026-02-28 23:00:00Z'
),
-- in the order of time; rows at the same time by their key
shopping_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.stream, s.tie) AS place
  FROM shopping_stream AS s
),
-- where each step is taken next
shopping_next AS (
  SELECT
    s.entity,
    s."at",
    s.place,
    s.is_step_1,
    s.local,
    s.tie,
    min(CASE WHEN s.is_step_2 THEN s.place END) OVER (
      PARTITION BY s.entity
      ORDER BY s.place DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS next_2
  FROM shopping_order AS s
),
-- the first step, and when those behind it are taken
shopping_steps AS (
  SELECT
    s1.entity,
    s1.tie,
    s1."at" AS kpic_step_1,
    s2."at" AS kpic_step_2
  FROM shopping_next AS s1
  LEFT JOIN shopping_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2.local < s1.local + INTERVAL '7 days'
  WHERE s1.is_step_1
),
-- the rows of the first step
shopping AS (
  SELECT
    visits.*,
    m.kpic_step_1,
    m.kpic_step_2
  FROM visits
  JOIN shopping_first AS k ON k.key_1 = visits.id
  JOIN shopping_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- visits by day
visits_atoms AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    visits.visitor_id AS visitor,
    min(visits.kpic_step_1) FILTER (WHERE visits.kpic_step_2 IS NOT NULL) AS shopping_visit_at,
    min(visits.kpic_step_2) FILTER (WHERE visits.kpic_step_2 IS NOT NULL) AS shopping_cart_at,
    count(*) AS visits_rows
  FROM shopping AS visits
  WHERE visits."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND visits."at" < TIMESTAMP '2026-04-30 22:00:00'
  GROUP BY 1, 2
),
-- visits: shopping_visit_at, shopping_cart_at, visits_rows by month, settled 7 days
visits_monthly_settled_7_days AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    min(i.shopping_visit_at) AS shopping_visit_at,
    min(i.shopping_cart_at) AS shopping_cart_at,
    CAST(sum(i.visits_rows) AS BIGINT) AS visits_rows
  FROM visits_atoms AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.visitor,
    r.shopping_visit_at,
    r.shopping_cart_at,
    r.visits_rows
  FROM visits_monthly_settled_7_days AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.visitor,
    max(k.shopping_visit_at) AS shopping_visit_at,
    max(k.shopping_cart_at) AS shopping_cart_at,
    COALESCE(max(k.visits_rows), 0) AS visits_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_result AS (
  SELECT
    c.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM c.shopping_cart_at) - EXTRACT(epoch FROM c.shopping_visit_at) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          CAST(EXTRACT(epoch FROM c.shopping_cart_at) - EXTRACT(epoch FROM c.shopping_visit_at) AS DOUBLE PRECISION)
        ), 0
      ) AS per_visitor
  FROM cells AS c
  WHERE (c.visits_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- rows of the first step's source
quickly_first AS (
  SELECT
    visits.visitor_id AS entity,
    visits."at",
    row_number() OVER (PARTITION BY visits.visitor_id ORDER BY visits."at", visits.id) AS tie,
    visits.id AS key_1,
    TRUE AS is_step_1,
    FALSE AS is_step_2
  FROM visits
  WHERE visits.visitor_id IS NOT NULL
    AND visits."at" >= TIMESTAMP '2026-02-28 23:00:00'
),
-- rows that may be a step
quickly_stream AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.tie,
    f.is_step_1,
    f.is_step_2
  FROM quickly_first AS f
  UNION ALL
  SELECT
    carts.visitor_id AS entity,
    carts.filled_at AT TIME ZONE 'UTC' AS "at",
    1 AS stream,
    row_number() OVER (
      PARTITION BY carts.visitor_id
      ORDER BY carts.filled_at AT TIME ZONE 'UTC', carts.id
    ) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2
  FROM carts
  WHERE carts.visitor_id IS NOT NULL
    AND carts.filled_at >= TIMESTAMPTZ '2026-02-28 23:00:00Z'
),
-- in the order of time; rows at the same time by their key
quickly_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.stream, s.tie) AS place
  FROM quickly_stream AS s
),
-- where each step is taken next
quickly_next AS (
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
  FROM quickly_order AS s
),
-- the first step, and when those behind it are taken
quickly_steps AS (
  SELECT
    s1.entity,
    s1.tie,
    s1."at" AS kpic_step_1,
    s2."at" AS kpic_step_2
  FROM quickly_next AS s1
  LEFT JOIN quickly_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2."at" < s1."at" + INTERVAL '2 hours'
  WHERE s1.is_step_1
),
-- the rows of the first step
quickly AS (
  SELECT
    visits.*,
    m.kpic_step_1,
    m.kpic_step_2
  FROM visits
  JOIN quickly_first AS k ON k.key_1 = visits.id
  JOIN quickly_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- visits by day
visits_atoms_2 AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    visits.visitor_id AS visitor,
    min(visits.kpic_step_1) FILTER (WHERE visits.kpic_step_2 IS NOT NULL) AS quickly_visit_at,
    min(visits.kpic_step_2) FILTER (WHERE visits.kpic_step_2 IS NOT NULL) AS quickly_cart_at,
    count(*) AS visits_rows
  FROM quickly AS visits
  WHERE visits."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND visits."at" < TIMESTAMP '2026-04-30 22:00:00'
  GROUP BY 1, 2
),
-- visits: quickly_visit_at, quickly_cart_at, visits_rows by month, settled 2 hours
visits_monthly_settled_2_hours AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    min(i.quickly_visit_at) AS quickly_visit_at,
    min(i.quickly_cart_at) AS quickly_cart_at,
    CAST(sum(i.visits_rows) AS BIGINT) AS visits_rows
  FROM visits_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.quickly_visit_at,
    r.quickly_cart_at,
    r.visits_rows
  FROM visits_monthly_settled_2_hours AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.visitor,
    max(k.quickly_visit_at) AS quickly_visit_at,
    max(k.quickly_cart_at) AS quickly_cart_at,
    COALESCE(max(k.visits_rows), 0) AS visits_rows
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_2_result AS (
  SELECT
    c.period_start,
    max(
      CAST(EXTRACT(epoch FROM c.quickly_cart_at) - EXTRACT(epoch FROM c.quickly_visit_at) AS DOUBLE PRECISION)
    ) AS per_visitor_2
  FROM cells_2 AS c
  WHERE (c.visits_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- rows of the first step's source
paying_first AS (
  SELECT
    visits.visitor_id AS entity,
    CAST(visits."at" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE) AS "at",
    row_number() OVER (
      PARTITION BY visits.visitor_id
      ORDER BY CAST(visits."at" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE), visits.id
    ) AS tie,
    visits.id AS key_1,
    TRUE AS is_step_1,
    FALSE AS is_step_2,
    FALSE AS is_step_3
  FROM visits
  WHERE visits.visitor_id IS NOT NULL
    AND visits."at" >= TIMESTAMP '2026-02-28 23:00:00'
),
-- rows that may be a step
paying_stream AS (
  SELECT
    f.entity,
    f."at",
    0 AS stream,
    f.tie,
    f.is_step_1,
    f.is_step_2,
    f.is_step_3
  FROM paying_first AS f
  UNION ALL
  SELECT
    carts.visitor_id AS entity,
    CAST(carts.filled_at AT TIME ZONE 'Europe/Paris' AS DATE) AS "at",
    1 AS stream,
    row_number() OVER (
      PARTITION BY carts.visitor_id
      ORDER BY CAST(carts.filled_at AT TIME ZONE 'Europe/Paris' AS DATE), carts.id
    ) AS tie,
    FALSE AS is_step_1,
    TRUE AS is_step_2,
    FALSE AS is_step_3
  FROM carts
  WHERE carts.visitor_id IS NOT NULL
    AND carts.filled_at >= TIMESTAMPTZ '2026-02-28 23:00:00Z'
  UNION ALL
  SELECT
    invoices.visitor_id AS entity,
    invoices.paid_on AS "at",
    2 AS stream,
    row_number() OVER (PARTITION BY invoices.visitor_id ORDER BY invoices.paid_on, invoices.id) AS tie,
    FALSE AS is_step_1,
    FALSE AS is_step_2,
    TRUE AS is_step_3
  FROM invoices
  WHERE invoices.visitor_id IS NOT NULL
    AND invoices.paid_on >= DATE '2026-03-01'
),
-- in the order of time; rows at the same time by their key
paying_order AS (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.entity ORDER BY s."at", s.stream, s.tie) AS place
  FROM paying_stream AS s
),
-- where each step is taken next
paying_next AS (
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
  FROM paying_order AS s
),
-- the first step, and when those behind it are taken
paying_steps AS (
  SELECT
    s1.entity,
    s1.tie,
    s1."at" AS kpic_step_1,
    s2."at" AS kpic_step_2,
    s3."at" AS kpic_step_3
  FROM paying_next AS s1
  LEFT JOIN paying_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2."at" < CAST(s1."at" AS DATE) + 7
  LEFT JOIN paying_next AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
    AND s3."at" < CAST(s1."at" AS DATE) + 7
  WHERE s1.is_step_1
),
-- the rows of the first step
paying AS (
  SELECT
    visits.*,
    m.kpic_step_1,
    m.kpic_step_2,
    m.kpic_step_3
  FROM visits
  JOIN paying_first AS k ON k.key_1 = visits.id
  JOIN paying_steps AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- visits by day
visits_atoms_3 AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    visits.visitor_id AS visitor,
    min(visits.kpic_step_1) FILTER (WHERE visits.kpic_step_3 IS NOT NULL) AS paying_visit_at,
    min(visits.kpic_step_3) FILTER (WHERE visits.kpic_step_3 IS NOT NULL) AS paying_paid_at,
    count(*) AS visits_rows
  FROM paying AS visits
  WHERE visits."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND visits."at" < TIMESTAMP '2026-04-30 22:00:00'
  GROUP BY 1, 2
),
-- visits: paying_visit_at, paying_paid_at, visits_rows by month, settled 7 days
visits_monthly_settled_7_days_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    min(i.paying_visit_at) AS paying_visit_at,
    min(i.paying_paid_at) AS paying_paid_at,
    CAST(sum(i.visits_rows) AS BIGINT) AS visits_rows
  FROM visits_atoms_3 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.paying_visit_at,
    r.paying_paid_at,
    r.visits_rows
  FROM visits_monthly_settled_7_days_2 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.visitor,
    max(k.paying_visit_at) AS paying_visit_at,
    max(k.paying_paid_at) AS paying_paid_at,
    COALESCE(max(k.visits_rows), 0) AS visits_rows
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_3_result AS (
  SELECT
    c.period_start,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM CAST(c.paying_paid_at AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
          c.paying_visit_at AS TIMESTAMP
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          CAST(EXTRACT(epoch FROM CAST(c.paying_paid_at AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
            c.paying_visit_at AS TIMESTAMP
          )) AS DOUBLE PRECISION)
        ), 0
      ) AS per_visitor_3
  FROM cells_3 AS c
  WHERE (c.visits_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- the first step, and when those behind it are taken
paying_steps_2 AS (
  SELECT
    s1.entity,
    s1.tie,
    s2."at" AS kpic_step_2,
    s3."at" AS kpic_step_3
  FROM paying_next AS s1
  LEFT JOIN paying_next AS s2
    ON s2.entity = s1.entity
    AND s2.place = s1.next_2
    AND s2."at" < CAST(s1."at" AS DATE) + 7
  LEFT JOIN paying_next AS s3
    ON s3.entity = s2.entity
    AND s3.place = s2.next_3
    AND s3."at" < CAST(s1."at" AS DATE) + 7
  WHERE s1.is_step_1
),
-- the rows of the first step
paying_2 AS (
  SELECT
    visits.*,
    m.kpic_step_2,
    m.kpic_step_3
  FROM visits
  JOIN paying_first AS k ON k.key_1 = visits.id
  JOIN paying_steps_2 AS m
    ON m.entity = k.entity
    AND m.tie = k.tie
),
-- visits by day
visits_atoms_4 AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    visits.visitor_id AS visitor,
    min(visits.kpic_step_2) FILTER (WHERE visits.kpic_step_3 IS NOT NULL) AS paying_cart_at,
    min(visits.kpic_step_3) FILTER (WHERE visits.kpic_step_3 IS NOT NULL) AS paying_paid_at,
    count(*) AS visits_rows
  FROM paying_2 AS visits
  WHERE visits."at" >= TIMESTAMP '2026-02-28 23:00:00'
    AND visits."at" < TIMESTAMP '2026-04-30 22:00:00'
  GROUP BY 1, 2
),
-- visits: paying_cart_at, paying_paid_at, visits_rows by month, settled 7 days
visits_monthly_settled_7_days_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.visitor,
    min(i.paying_cart_at) AS paying_cart_at,
    min(i.paying_paid_at) AS paying_paid_at,
    CAST(sum(i.visits_rows) AS BIGINT) AS visits_rows
  FROM visits_atoms_4 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.paying_cart_at,
    r.paying_paid_at,
    r.visits_rows
  FROM visits_monthly_settled_7_days_3 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.visitor,
    max(k.paying_cart_at) AS paying_cart_at,
    max(k.paying_paid_at) AS paying_paid_at,
    COALESCE(max(k.visits_rows), 0) AS visits_rows
  FROM stack_4 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_4_result AS (
  SELECT
    c.period_start,
    max(
      CAST(EXTRACT(epoch FROM CAST(c.paying_paid_at AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
        c.paying_cart_at AS TIMESTAMP
      )) AS DOUBLE PRECISION)
        / 86400
    ) AS per_visitor_4
  FROM cells_4 AS c
  WHERE (c.visits_rows > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_5 AS (
  SELECT
    p.period_start,
    r1.per_visitor,
    r2.per_visitor_2,
    r3.per_visitor_3,
    r4.per_visitor_4
  FROM spine AS p
  LEFT JOIN per_visitor_result AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_visitor_2_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_visitor_3_result AS r3 ON r3.period_start = p.period_start
  LEFT JOIN per_visitor_4_result AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_visitor AS to_cart,
  c.per_visitor_2 AS to_cart_quickly,
  c.per_visitor_3 AS to_pay,
  c.per_visitor_4 AS days_to_pay
FROM cells_5 AS c
ORDER BY c.period_start;
