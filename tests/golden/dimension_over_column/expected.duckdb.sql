WITH
-- moves by day
moves_atoms AS (
  SELECT
    moves.day AS period_start,
    GREATEST(moves.qty, 0) AS qty,
    sum(GREATEST(moves.qty, 0)) AS units,
    count(*) FILTER (WHERE GREATEST(moves.qty, 0) = 0) AS moves
  FROM moves
  WHERE moves.day >= DATE '2026-01-01'
    AND moves.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- moves: units, moves by month
moves_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'qty' AS slicing,
    i.qty,
    sum(i.units) AS units,
    CAST(sum(i.moves) AS BIGINT) AS moves
  FROM moves_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS BIGINT) AS qty,
    sum(i.units) AS units,
    CAST(sum(i.moves) AS BIGINT) AS moves
  FROM moves_atoms AS i
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
    'qty' AS slicing,
    i.qty
  FROM moves_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS BIGINT) AS qty
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.qty,
    r.units,
    r.moves
  FROM moves_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.qty,
    CAST(NULL AS BIGINT) AS units,
    CAST(NULL AS BIGINT) AS moves
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.qty,
    COALESCE(max(k.units), 0) AS units,
    COALESCE(max(k.moves), 0) AS moves
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.qty,
  c.units,
  c.moves
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'qty' THEN 1 END,
  c.qty NULLS LAST,
  c.period_start;
