WITH
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-01-02', 31),
      (DATE '2026-01-01', DATE '2026-01-02', DATE '2026-01-03', 31),
      (DATE '2026-01-01', DATE '2026-01-03', DATE '2026-01-04', 31),
      (DATE '2026-01-01', DATE '2026-01-04', DATE '2026-01-05', 31),
      (DATE '2026-01-01', DATE '2026-01-05', DATE '2026-01-06', 31),
      (DATE '2026-01-01', DATE '2026-01-06', DATE '2026-01-07', 31),
      (DATE '2026-01-01', DATE '2026-01-07', DATE '2026-01-08', 31),
      (DATE '2026-01-01', DATE '2026-01-08', DATE '2026-01-09', 31),
      (DATE '2026-01-01', DATE '2026-01-09', DATE '2026-01-10', 31),
      (DATE '2026-01-01', DATE '2026-01-10', DATE '2026-01-11', 31),
      (DATE '2026-01-01', DATE '2026-01-11', DATE '2026-01-12', 31),
      (DATE '2026-01-01', DATE '2026-01-12', DATE '2026-01-13', 31),
      (DATE '2026-01-01', DATE '2026-01-13', DATE '2026-01-14', 31),
      (DATE '2026-01-01', DATE '2026-01-14', DATE '2026-01-15', 31),
      (DATE '2026-01-01', DATE '2026-01-15', DATE '2026-01-16', 31),
      (DATE '2026-01-01', DATE '2026-01-16', DATE '2026-01-17', 31),
      (DATE '2026-01-01', DATE '2026-01-17', DATE '2026-01-18', 31),
      (DATE '2026-01-01', DATE '2026-01-18', DATE '2026-01-19', 31),
      (DATE '2026-01-01', DATE '2026-01-19', DATE '2026-01-20', 31),
      (DATE '2026-01-01', DATE '2026-01-20', DATE '2026-01-21', 31),
      (DATE '2026-01-01', DATE '2026-01-21', DATE '2026-01-22', 31),
      (DATE '2026-01-01', DATE '2026-01-22', DATE '2026-01-23', 31),
      (DATE '2026-01-01', DATE '2026-01-23', DATE '2026-01-24', 31),
      (DATE '2026-01-01', DATE '2026-01-24', DATE '2026-01-25', 31),
      (DATE '2026-01-01', DATE '2026-01-25', DATE '2026-01-26', 31),
      (DATE '2026-01-01', DATE '2026-01-26', DATE '2026-01-27', 31),
      (DATE '2026-01-01', DATE '2026-01-27', DATE '2026-01-28', 31),
      (DATE '2026-01-01', DATE '2026-01-28', DATE '2026-01-29', 31),
      (DATE '2026-01-01', DATE '2026-01-29', DATE '2026-01-30', 31),
      (DATE '2026-01-01', DATE '2026-01-30', DATE '2026-01-31', 31),
      (DATE '2026-01-01', DATE '2026-01-31', DATE '2026-02-01', 31),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-02-02', 28),
      (DATE '2026-02-01', DATE '2026-02-02', DATE '2026-02-03', 28),
      (DATE '2026-02-01', DATE '2026-02-03', DATE '2026-02-04', 28),
      (DATE '2026-02-01', DATE '2026-02-04', DATE '2026-02-05', 28),
      (DATE '2026-02-01', DATE '2026-02-05', DATE '2026-02-06', 28),
      (DATE '2026-02-01', DATE '2026-02-06', DATE '2026-02-07', 28),
      (DATE '2026-02-01', DATE '2026-02-07', DATE '2026-02-08', 28),
      (DATE '2026-02-01', DATE '2026-02-08', DATE '2026-02-09', 28),
      (DATE '2026-02-01', DATE '2026-02-09', DATE '2026-02-10', 28),
      (DATE '2026-02-01', DATE '2026-02-10', DATE '2026-02-11', 28),
      (DATE '2026-02-01', DATE '2026-02-11', DATE '2026-02-12', 28),
      (DATE '2026-02-01', DATE '2026-02-12', DATE '2026-02-13', 28),
      (DATE '2026-02-01', DATE '2026-02-13', DATE '2026-02-14', 28),
      (DATE '2026-02-01', DATE '2026-02-14', DATE '2026-02-15', 28),
      (DATE '2026-02-01', DATE '2026-02-15', DATE '2026-02-16', 28),
      (DATE '2026-02-01', DATE '2026-02-16', DATE '2026-02-17', 28),
      (DATE '2026-02-01', DATE '2026-02-17', DATE '2026-02-18', 28),
      (DATE '2026-02-01', DATE '2026-02-18', DATE '2026-02-19', 28),
      (DATE '2026-02-01', DATE '2026-02-19', DATE '2026-02-20', 28),
      (DATE '2026-02-01', DATE '2026-02-20', DATE '2026-02-21', 28),
      (DATE '2026-02-01', DATE '2026-02-21', DATE '2026-02-22', 28),
      (DATE '2026-02-01', DATE '2026-02-22', DATE '2026-02-23', 28),
      (DATE '2026-02-01', DATE '2026-02-23', DATE '2026-02-24', 28),
      (DATE '2026-02-01', DATE '2026-02-24', DATE '2026-02-25', 28),
      (DATE '2026-02-01', DATE '2026-02-25', DATE '2026-02-26', 28),
      (DATE '2026-02-01', DATE '2026-02-26', DATE '2026-02-27', 28),
      (DATE '2026-02-01', DATE '2026-02-27', DATE '2026-02-28', 28),
      (DATE '2026-02-01', DATE '2026-02-28', DATE '2026-03-01', 28)
  ) AS q(period_start, window_start, window_end, days)
),
-- levels: the snapshot that stands for each instant
levels_snapshots AS (
  SELECT
    w.period_start,
    w.window_end,
    max(levels.day) AS taken
  FROM levels
  JOIN average AS w
    ON levels.day >= w.window_start
    AND levels.day < w.window_end
  GROUP BY 1, 2
),
-- levels: the periods that have a snapshot
levels_known AS (
  SELECT
    t.period_start,
    count(DISTINCT t.window_end) AS days
  FROM levels_snapshots AS t
  GROUP BY 1
),
-- levels by month
levels_atoms AS (
  SELECT
    d.period_start,
    levels.product,
    d.window_end AS day,
    n.days,
    sum(CAST(levels.value AS NUMERIC(10, 2))) AS stock_value_average
  FROM levels
  JOIN levels_snapshots AS d ON levels.day = d.taken
  JOIN levels_known AS n ON n.period_start = d.period_start
  GROUP BY 1, 2, 3, 4
),
-- levels: stock_value by month, average
levels_monthly_average AS (
  SELECT
    i.period_start,
    'product' AS slicing,
    i.product,
    CAST(sum(i.stock_value_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS stock_value_average
  FROM levels_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS product,
    CAST(sum(i.stock_value_average) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS stock_value_average
  FROM levels_atoms AS i
  GROUP BY 1
),
-- lines by day
lines_atoms AS (
  SELECT
    lines.sold_on AS period_start,
    lines.product,
    sum(CAST(lines.cogs AS NUMERIC(10, 2))) AS cogs
  FROM lines
  WHERE lines.sold_on >= DATE '2026-01-01'
    AND lines.sold_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- lines: cogs by month
lines_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'product' AS slicing,
    i.product,
    sum(i.cogs) AS cogs
  FROM lines_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS product,
    sum(i.cogs) AS cogs
  FROM lines_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'product' AS slicing,
    i.product
  FROM levels_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'product' AS slicing,
    i.product
  FROM lines_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS product
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.product,
    r.stock_value_average,
    CAST(NULL AS BIGINT) AS cogs,
    CAST(NULL AS BOOLEAN) AS is_known_1
  FROM levels_monthly_average AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.product,
    CAST(NULL AS BIGINT) AS stock_value_average,
    r.cogs,
    CAST(NULL AS BOOLEAN) AS is_known_1
  FROM lines_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.product,
    CAST(NULL AS BIGINT) AS stock_value_average,
    CAST(NULL AS BIGINT) AS cogs,
    d1.period_start IS NOT NULL AS is_known_1
  FROM spine AS p
  CROSS JOIN members AS m
  LEFT JOIN levels_known AS d1 ON d1.period_start = p.period_start
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.product,
    COALESCE(max(k.stock_value_average), CASE WHEN bool_or(k.is_known_1) THEN 0 END) AS stock_value_average,
    COALESCE(max(k.cogs), 0) AS cogs
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.product,
  c.stock_value_average AS inventory_capital,
  CAST(c.cogs AS DOUBLE PRECISION) / NULLIF(c.stock_value_average, 0) AS inventory_turnover
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'product' THEN 1 END,
  c.product NULLS LAST,
  c.period_start;
