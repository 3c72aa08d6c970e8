WITH
-- items by day
items_atoms AS (
  SELECT
    items.day AS period_start,
    items.name,
    count(*) AS items
  FROM items
  WHERE items.day >= DATE '2026-01-01'
    AND items.day < DATE '2026-02-01'
    AND (items.name = ''' or 1=1 --' OR items.name = 'a')
  GROUP BY 1, 2
),
-- items: items by month
items_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.name,
    CAST(sum(i.items) AS BIGINT) AS items
  FROM items_atoms AS i
  GROUP BY 1, 2
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
    i.name
  FROM items_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.name,
    r.items
  FROM items_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.name,
    CAST(NULL AS BIGINT) AS items
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.name,
    COALESCE(max(k.items), 0) AS items
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'name' AS slicing,
  'all' AS segment,
  c.name,
  c.items
FROM cells AS c
ORDER BY c.name NULLS LAST, c.period_start;
