WITH
-- lines by day
lines_atoms AS (
  SELECT
    lines.day AS period_start,
    lines.channel,
    lines.customer_id AS customer,
    count(*) AS lines_rows
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- lines: lines_rows by month
lines_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    CAST(sum(i.lines_rows) AS BIGINT) AS lines_rows
  FROM lines_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    i.customer,
    CAST(sum(i.lines_rows) AS BIGINT) AS lines_rows
  FROM lines_atoms AS i
  GROUP BY 1, 4
),
-- lines by day
lines_atoms_2 AS (
  SELECT
    lines.day AS period_start,
    lines.channel,
    lines.customer_id AS customer,
    lines.product_id AS product,
    count(*) AS lines
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- lines: lines, lines_rows by month
lines_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    i.product,
    CAST(sum(i.lines) AS BIGINT) AS lines,
    CAST(sum(i.lines) AS BIGINT) AS lines_rows
  FROM lines_atoms_2 AS i
  GROUP BY 1, 3, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    i.customer,
    i.product,
    CAST(sum(i.lines) AS BIGINT) AS lines,
    CAST(sum(i.lines) AS BIGINT) AS lines_rows
  FROM lines_atoms_2 AS i
  GROUP BY 1, 4, 5
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.product,
    r.lines,
    r.lines_rows
  FROM lines_monthly_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    k.product,
    COALESCE(max(k.lines), 0) AS lines,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each product, those that take part
per_product_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    c.customer,
    count(*) AS per_product
  FROM cells AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND (c.lines >= 2) IS TRUE
    AND c.product IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    CAST(NULL AS BIGINT) AS per_product,
    r.lines_rows
  FROM lines_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.per_product,
    CAST(NULL AS BIGINT) AS lines_rows
  FROM per_product_result AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.per_product), 0) AS per_product,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    CAST(sum(c.per_product) AS DOUBLE PRECISION) / NULLIF(count(c.per_product), 0) AS per_customer
  FROM cells_2 AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- lines by day
lines_atoms_3 AS (
  SELECT
    lines.day AS period_start,
    lines.channel,
    lines.customer_id AS customer,
    count(*) AS lines_rows
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- lines: lines_rows by month
lines_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    CAST(sum(i.lines_rows) AS BIGINT) AS lines_rows
  FROM lines_atoms_3 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    i.customer,
    CAST(sum(i.lines_rows) AS BIGINT) AS lines_rows
  FROM lines_atoms_3 AS i
  GROUP BY 1, 4
),
-- lines by day
lines_atoms_4 AS (
  SELECT
    lines.day AS period_start,
    lines.channel,
    lines.customer_id AS customer,
    lines.product_id AS product,
    count(*) AS lines
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- lines: lines, lines_rows by month
lines_monthly_4 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    i.product,
    CAST(sum(i.lines) AS BIGINT) AS lines,
    CAST(sum(i.lines) AS BIGINT) AS lines_rows
  FROM lines_atoms_4 AS i
  GROUP BY 1, 3, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    i.customer,
    i.product,
    CAST(sum(i.lines) AS BIGINT) AS lines,
    CAST(sum(i.lines) AS BIGINT) AS lines_rows
  FROM lines_atoms_4 AS i
  GROUP BY 1, 4, 5
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.product,
    r.lines,
    r.lines_rows
  FROM lines_monthly_4 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    k.product,
    COALESCE(max(k.lines), 0) AS lines,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each product, those that take part
per_product_result_2 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    c.customer,
    count(*) AS per_product
  FROM cells_3 AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND (c.lines >= 2) IS TRUE
    AND c.product IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- results of each source
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    CAST(NULL AS BIGINT) AS per_product,
    r.lines_rows
  FROM lines_monthly_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.per_product,
    CAST(NULL AS BIGINT) AS lines_rows
  FROM per_product_result_2 AS r
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.per_product), 0) AS per_product,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack_4 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    max(c.per_product) AS per_customer_2
  FROM cells_4 AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- lines by day
lines_atoms_5 AS (
  SELECT
    lines.day AS period_start,
    lines.channel,
    lines.customer_id AS customer,
    count(*) AS lines_rows
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- lines: lines_rows by month
lines_monthly_5 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    CAST(sum(i.lines_rows) AS BIGINT) AS lines_rows
  FROM lines_atoms_5 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    i.customer,
    CAST(sum(i.lines_rows) AS BIGINT) AS lines_rows
  FROM lines_atoms_5 AS i
  GROUP BY 1, 4
),
-- lines by day
lines_atoms_6 AS (
  SELECT
    lines.day AS period_start,
    lines.channel,
    lines.customer_id AS customer,
    lines.product_id AS product,
    count(*) AS lines
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3, 4
),
-- lines: lines, lines_rows by month
lines_monthly_6 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    i.product,
    CAST(sum(i.lines) AS BIGINT) AS lines,
    CAST(sum(i.lines) AS BIGINT) AS lines_rows
  FROM lines_atoms_6 AS i
  GROUP BY 1, 3, 4, 5
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    i.customer,
    i.product,
    CAST(sum(i.lines) AS BIGINT) AS lines,
    CAST(sum(i.lines) AS BIGINT) AS lines_rows
  FROM lines_atoms_6 AS i
  GROUP BY 1, 4, 5
),
-- results of each source
stack_5 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.product,
    r.lines,
    r.lines_rows
  FROM lines_monthly_6 AS r
),
-- one row a cell, with what no rows mean
cells_5 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    k.product,
    COALESCE(max(k.lines), 0) AS lines,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack_5 AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- over each product, those that take part
per_product_result_3 AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    c.customer,
    count(*) AS per_product
  FROM cells_5 AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND (c.lines >= 2) IS TRUE
    AND c.product IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- results of each source
stack_6 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    CAST(NULL AS BIGINT) AS per_product,
    r.lines_rows
  FROM lines_monthly_5 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.per_product,
    CAST(NULL AS BIGINT) AS lines_rows
  FROM per_product_result_3 AS r
),
-- one row a cell, with what no rows mean
cells_6 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.per_product), 0) AS per_product,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack_6 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_3_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_customer_3
  FROM cells_6 AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND (c.per_product >= 2) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- lines by day
lines_atoms_7 AS (
  SELECT
    lines.day AS period_start,
    lines.channel,
    lines.customer_id AS customer,
    count(*) AS lines
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- lines: lines, lines_rows by month
lines_monthly_7 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    i.customer,
    CAST(sum(i.lines) AS BIGINT) AS lines,
    CAST(sum(i.lines) AS BIGINT) AS lines_rows
  FROM lines_atoms_7 AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    i.customer,
    CAST(sum(i.lines) AS BIGINT) AS lines,
    CAST(sum(i.lines) AS BIGINT) AS lines_rows
  FROM lines_atoms_7 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_7 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.lines,
    r.lines_rows
  FROM lines_monthly_7 AS r
),
-- one row a cell, with what no rows mean
cells_7 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.lines), 0) AS lines,
    COALESCE(max(k.lines_rows), 0) AS lines_rows
  FROM stack_7 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_4_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_customer_4
  FROM cells_7 AS c
  WHERE (c.lines_rows > 0) IS TRUE
    AND (c.lines > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
),
-- lines by day
lines_atoms_8 AS (
  SELECT
    lines.day AS period_start,
    lines.channel,
    lines.customer_id AS customer,
    count(*) AS lines_total
  FROM lines
  WHERE lines.day >= DATE '2026-01-01'
    AND lines.day < DATE '2026-02-01'
  GROUP BY 1, 2, 3
),
-- lines: lines, lines_rows by month
lines_monthly_8 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    i.customer,
    CAST(sum(i.lines_total) AS BIGINT) AS lines_total,
    CAST(sum(i.lines_total) AS BIGINT) AS lines_rows_total
  FROM lines_atoms_8 AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    NULL AS channel,
    i.customer,
    CAST(sum(i.lines_total) AS BIGINT) AS lines_total,
    CAST(sum(i.lines_total) AS BIGINT) AS lines_rows_total
  FROM lines_atoms_8 AS i
  GROUP BY 1, 4
),
-- results of each source
stack_8 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.customer,
    r.lines_total,
    r.lines_rows_total
  FROM lines_monthly_8 AS r
),
-- one row a cell, with what no rows mean
cells_8 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.customer,
    COALESCE(max(k.lines_total), 0) AS lines_total,
    COALESCE(max(k.lines_rows_total), 0) AS lines_rows_total
  FROM stack_8 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each customer, those that take part
per_customer_total_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_customer_total
  FROM cells_8 AS c
  WHERE (c.lines_rows_total > 0) IS TRUE
    AND (c.lines_total > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1, 2, 3
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
    i.channel
  FROM lines_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM lines_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM lines_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM lines_atoms_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM lines_atoms_5 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM lines_atoms_6 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM lines_atoms_7 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM lines_atoms_8 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack_9 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4
  FROM per_customer_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    r.per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4
  FROM per_customer_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    r.per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4
  FROM per_customer_3_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    r.per_customer_4
  FROM per_customer_4_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS per_customer,
    CAST(NULL AS BIGINT) AS per_customer_2,
    CAST(NULL AS BIGINT) AS per_customer_3,
    CAST(NULL AS BIGINT) AS per_customer_4
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    max(k.per_customer) AS per_customer,
    max(k.per_customer_2) AS per_customer_2,
    max(k.per_customer_3) AS per_customer_3,
    max(k.per_customer_4) AS per_customer_4
  FROM stack_9 AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells_9 AS (
  SELECT
    m.period_start,
    m.slicing,
    m.channel,
    m.per_customer,
    m.per_customer_2,
    COALESCE(m.per_customer_3, 0) AS per_customer_3,
    COALESCE(m.per_customer_4, 0) AS per_customer_4,
    COALESCE(t1.per_customer_total, 0) AS per_customer_total
  FROM merged AS m
  LEFT JOIN per_customer_total_result AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.per_customer AS twice_bought,
  c.per_customer_2 AS most,
  c.per_customer_3 AS fans,
  CAST(c.per_customer_4 AS DOUBLE PRECISION) / NULLIF(c.per_customer_total, 0) AS share_of_fans
FROM cells_9 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
