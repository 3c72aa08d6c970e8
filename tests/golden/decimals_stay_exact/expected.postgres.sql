WITH
-- payments by day
payments_atoms AS (
  SELECT
    payments.paid_on AS period_start,
    payments.kind,
    sum(CAST(payments.amount AS NUMERIC(10, 1))) AS amount,
    sum(CAST(payments.large AS NUMERIC(18, 2))) AS large,
    sum(CAST(payments.amount AS NUMERIC(10, 1)) * 3) AS scaled
  FROM payments
  WHERE payments.paid_on >= DATE '2026-01-01'
    AND payments.paid_on < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- payments: amount, large, scaled by month
payments_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'kind' AS slicing,
    i.kind,
    sum(i.amount) AS amount,
    sum(i.large) AS large,
    sum(i.scaled) AS scaled
  FROM payments_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS kind,
    sum(i.amount) AS amount,
    sum(i.large) AS large,
    sum(i.scaled) AS scaled
  FROM payments_atoms AS i
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
    'kind' AS slicing,
    i.kind
  FROM payments_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS kind
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.kind,
    r.amount,
    r.large,
    r.scaled
  FROM payments_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.kind,
    CAST(NULL AS BIGINT) AS amount,
    CAST(NULL AS BIGINT) AS large,
    CAST(NULL AS BIGINT) AS scaled
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.kind,
    COALESCE(max(k.amount), 0) AS amount,
    COALESCE(max(k.large), 0) AS large,
    COALESCE(max(k.scaled), 0) AS scaled
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.kind,
  c.amount,
  c.large,
  c.scaled,
  c.amount - 0.3 AS difference,
  CASE WHEN c.amount = 0.3 THEN 1 ELSE 0 END AS exact
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'kind' THEN 1 END,
  c.kind NULLS LAST,
  c.period_start;
