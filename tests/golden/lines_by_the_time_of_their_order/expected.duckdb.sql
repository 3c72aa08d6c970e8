WITH
-- lines by day
lines_atoms AS (
  SELECT
    CAST("order".ordered_at + INTERVAL '1 hour' AS DATE) AS period_start,
    sum(lines.qty) AS units
  FROM lines
  LEFT JOIN orders AS "order" ON "order".order_id = lines.order_id
  WHERE "order".ordered_at >= TIMESTAMP '2025-11-30 23:00:00'
    AND "order".ordered_at < TIMESTAMP '2026-02-28 23:00:00'
  GROUP BY 1
),
-- lines: units by month
lines_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.units) AS units
  FROM lines_atoms AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- lines: units by month, previous
lines_monthly_previous AS (
  SELECT
    w.period_start,
    sum(i.units) AS units_previous
  FROM lines_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 28 days
rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-04', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- lines: units by month, rolling 28 days
lines_monthly_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.units) AS units_rolling
  FROM lines_atoms AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: year to date
year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- lines: units by month, year to date
lines_monthly_year_to_date AS (
  SELECT
    w.period_start,
    sum(i.units) AS units_to_date
  FROM lines_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- lines: each counted value once a month
lines_entities AS (
  SELECT
    CAST(date_trunc('month', "order".ordered_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris') AS DATE) AS period_start,
    lines.product AS entity
  FROM lines
  LEFT JOIN orders AS "order" ON "order".order_id = lines.order_id
  WHERE "order".ordered_at < TIMESTAMP '2026-02-28 23:00:00'
  GROUP BY 1, 2
),
-- lines: products by month
lines_distinct_monthly AS (
  SELECT
    i.period_start,
    count(i.entity) AS products
  FROM lines_entities AS i
  WHERE i.period_start >= DATE '2026-01-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- lines: when each value is seen first
lines_first_seen AS (
  SELECT
    i.entity,
    min(i.period_start) AS day
  FROM lines_entities AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 1
),
-- lines: how many values come and go
lines_changes AS (
  SELECT
    e.day,
    count(*) AS change
  FROM lines_first_seen AS e
  GROUP BY 1
),
-- lines: products by month, cumulative
lines_distinct_monthly_cumulative AS (
  SELECT
    w.period_start,
    CAST(sum(i.change) AS BIGINT) AS products_cumulative
  FROM lines_changes AS i
  JOIN cumulative AS w ON i.day < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.units, 0) AS units,
    COALESCE(r2.units_previous, 0) AS units_previous,
    COALESCE(r3.units_rolling, 0) AS units_rolling,
    COALESCE(r4.units_to_date, 0) AS units_to_date,
    COALESCE(r5.products, 0) AS products,
    COALESCE(r6.products_cumulative, 0) AS products_cumulative
  FROM spine AS p
  LEFT JOIN lines_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN lines_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN lines_monthly_rolling_28_days AS r3 ON r3.period_start = p.period_start
  LEFT JOIN lines_monthly_year_to_date AS r4 ON r4.period_start = p.period_start
  LEFT JOIN lines_distinct_monthly AS r5 ON r5.period_start = p.period_start
  LEFT JOIN lines_distinct_monthly_cumulative AS r6 ON r6.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.units,
  c.units_previous AS before,
  c.units_rolling AS units_28d,
  c.units_to_date AS units_ytd,
  c.products,
  c.products_cumulative AS products_ever
FROM cells AS c
ORDER BY c.period_start;
