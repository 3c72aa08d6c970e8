WITH
-- lines by day
lines_atoms AS (
  SELECT
    "order".ordered_on AS period_start,
    order_customer.country,
    "order".channel,
    sum(lines.qty) AS units,
    count(*) AS lines
  FROM lines
  LEFT JOIN orders AS "order" ON "order".order_id = lines.order_id
  LEFT JOIN customers AS order_customer ON order_customer.customer_id = "order".customer_id
  WHERE "order".ordered_on >= DATE '2026-01-01'
    AND "order".ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2, 3
),
-- lines: units, lines by quarter
lines_quarterly AS (
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'country,channel' AS slicing,
    i.country,
    i.channel,
    sum(i.units) AS units,
    CAST(sum(i.lines) AS BIGINT) AS lines
  FROM lines_atoms AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('quarter', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS country,
    NULL AS channel,
    sum(i.units) AS units,
    CAST(sum(i.lines) AS BIGINT) AS lines
  FROM lines_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '3 months') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'country,channel' AS slicing,
    i.country,
    i.channel
  FROM lines_atoms AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS country,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.country,
    r.channel,
    r.units,
    r.lines
  FROM lines_quarterly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.country,
    m.channel,
    CAST(NULL AS BIGINT) AS units,
    CAST(NULL AS BIGINT) AS lines
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.country,
    k.channel,
    COALESCE(max(k.units), 0) AS units,
    COALESCE(max(k.lines), 0) AS lines
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.country,
  c.channel,
  c.units,
  c.lines
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'country,channel' THEN 1 END,
  c.country NULLS LAST,
  c.channel NULLS LAST,
  c.period_start;
