WITH
-- lines: buyers by month
lines_distinct_monthly AS (
  SELECT
    CAST(date_trunc('month', lines.sold_on) AS DATE) AS period_start,
    count(DISTINCT lines.customer_id) AS buyers
  FROM lines
  WHERE lines.sold_on >= DATE '2026-01-01'
    AND lines.sold_on < DATE '2026-03-01'
  GROUP BY 1
),
-- lines: categories by month
lines_distinct_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', lines.sold_on) AS DATE) AS period_start,
    lines.customer_id AS customer,
    count(DISTINCT lines.category) AS categories
  FROM lines
  WHERE lines.sold_on >= DATE '2026-01-01'
    AND lines.sold_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- lines by day
lines_atoms AS (
  SELECT
    lines.sold_on AS period_start,
    lines.customer_id AS customer,
    count(*) AS lines_rows
  FROM lines
  WHERE lines.sold_on >= DATE '2026-01-01'
    AND lines.sold_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- lines: lines_rows by month
lines_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    CAST(sum(i.lines_rows) AS BIGINT) AS lines_rows
  FROM lines_atoms AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.categories,
    CAST(NULL AS BIGINT) AS lines_rows
  FROM lines_distinct_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS categories,
    r.lines_rows
  FROM lines_monthly AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.categories), 0) AS categories,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer
  FROM cells AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND (c.categories >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- lines: categories by month
lines_distinct_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', lines.sold_on) AS DATE) AS period_start,
    lines.customer_id AS customer,
    count(DISTINCT lines.category) AS categories
  FROM lines
  WHERE lines.sold_on >= DATE '2026-01-01'
    AND lines.sold_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- lines by day
lines_atoms_2 AS (
  SELECT
    lines.sold_on AS period_start,
    lines.customer_id AS customer,
    count(*) AS lines_rows
  FROM lines
  WHERE lines.sold_on >= DATE '2026-01-01'
    AND lines.sold_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- lines: lines_rows by month
lines_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    CAST(sum(i.lines_rows) AS BIGINT) AS lines_rows
  FROM lines_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.customer,
    r.categories,
    CAST(NULL AS BIGINT) AS lines_rows
  FROM lines_distinct_monthly_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS categories,
    r.lines_rows
  FROM lines_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.categories), 0) AS categories,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    CAST(sum(c.categories) AS DOUBLE PRECISION) / NULLIF(count(c.categories), 0) AS per_customer_2
  FROM cells_2 AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_3 AS (
  SELECT
    p.period_start,
    COALESCE(r2.per_customer, 0) AS per_customer,
    COALESCE(r1.buyers, 0) AS buyers,
    r3.per_customer_2
  FROM spine AS p
  LEFT JOIN lines_distinct_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN per_customer_result AS r2 ON r2.period_start = p.period_start
  LEFT JOIN per_customer_2_result AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.per_customer AS DOUBLE PRECISION) / NULLIF(c.buyers, 0) AS cross_sell_rate,
  c.per_customer_2 AS categories_per_customer
FROM cells_3 AS c
ORDER BY c.period_start;
