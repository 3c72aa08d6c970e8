WITH
-- items by day
items_atoms AS (
  SELECT
    items.day AS period_start,
    items.name,
    count(*) AS items,
    count(*) FILTER (WHERE items.name = '''; drop table items; --') AS one,
    count(*) FILTER (WHERE items.name = E'a\\') AS two,
    count(*) FILTER (WHERE items.name = '/* open' OR items.name = '-- rest') AS three,
    count(*) FILTER (WHERE items.name LIKE '%"%' ESCAPE '' OR items.name IN ('o''clock', ';')) AS four
  FROM items
  WHERE items.day >= DATE '2026-01-01'
    AND items.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- items: items, one, two, three, four by month
items_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'name' AS slicing,
    i.name,
    CAST(sum(i.items) AS BIGINT) AS items,
    CAST(sum(i.one) AS BIGINT) AS one,
    CAST(sum(i.two) AS BIGINT) AS two,
    CAST(sum(i.three) AS BIGINT) AS three,
    CAST(sum(i.four) AS BIGINT) AS four
  FROM items_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS name,
    CAST(sum(i.items) AS BIGINT) AS items,
    CAST(sum(i.one) AS BIGINT) AS one,
    CAST(sum(i.two) AS BIGINT) AS two,
    CAST(sum(i.three) AS BIGINT) AS three,
    CAST(sum(i.four) AS BIGINT) AS four
  FROM items_atoms AS i
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
    'name' AS slicing,
    i.name
  FROM items_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS name
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.name,
    r.items,
    r.one,
    r.two,
    r.three,
    r.four
  FROM items_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.name,
    CAST(NULL AS BIGINT) AS items,
    CAST(NULL AS BIGINT) AS one,
    CAST(NULL AS BIGINT) AS two,
    CAST(NULL AS BIGINT) AS three,
    CAST(NULL AS BIGINT) AS four
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.name,
    COALESCE(max(k.items), 0) AS items,
    COALESCE(max(k.one), 0) AS one,
    COALESCE(max(k.two), 0) AS two,
    COALESCE(max(k.three), 0) AS three,
    COALESCE(max(k.four), 0) AS four
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.name,
  c.items,
  c.one,
  c.two,
  c.three,
  c.four
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'name' THEN 1 END,
  c.name NULLS LAST,
  c.period_start;
