WITH
-- carts by day
carts_atoms AS (
  SELECT
    CAST(carts.created_at AS DATE) AS period_start,
    count(*) AS carts,
    count(*) FILTER (
      WHERE carts.ordered_at IS NULL OR carts.ordered_at > carts.created_at + INTERVAL '24 hours'
    ) AS abandoned
  FROM carts
  WHERE carts.created_at >= TIMESTAMP '2026-02-01 00:00:00'
    AND carts.created_at < TIMESTAMP '2026-03-11 00:00:00'
  GROUP BY 1
),
-- carts: carts by month
carts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.carts) AS BIGINT) AS carts
  FROM carts_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: settled 24 hours
settled_24_hours AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-10')
  ) AS q(period_start, window_start, window_end)
),
-- carts: carts, abandoned by month, settled 24 hours
carts_monthly_settled_24_hours AS (
  SELECT
    w.period_start,
    CAST(sum(i.carts) AS BIGINT) AS carts_2,
    CAST(sum(i.abandoned) AS BIGINT) AS abandoned
  FROM carts_atoms AS i
  JOIN settled_24_hours AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.carts, 0) AS carts,
    COALESCE(r2.carts_2, 0) AS carts_2,
    COALESCE(r2.abandoned, 0) AS abandoned
  FROM spine AS p
  LEFT JOIN carts_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN carts_monthly_settled_24_hours AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.carts,
  c.carts_2 AS settled_carts,
  CAST(c.abandoned AS DOUBLE) / NULLIF(c.carts_2, 0) AS cart_abandonment_rate
FROM cells AS c
ORDER BY c.period_start;
