WITH
-- orders by day
orders_atoms AS (
  SELECT
    CAST(
      CASE
        WHEN orders.ordered_at < TIMESTAMP '2026-03-29 01:00:00' THEN orders.ordered_at + INTERVAL '1 hour'
        ELSE orders.ordered_at + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    orders.shop,
    sum(
      CAST(orders.amount AS DECIMAL(12, 2))
        * CASE WHEN orders.currency = 'EUR' THEN 1 ELSE CAST(fx.eur AS DECIMAL(12, 6)) END
    ) AS revenue_eur,
    sum(CAST(orders.amount AS DECIMAL(12, 2)) * CAST(fx.usd AS DECIMAL(12, 6))) AS revenue_usd,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) FILTER (WHERE orders.currency = 'USD') AS dollars,
    sum(
      CAST(orders.amount AS DECIMAL(12, 2))
        * CASE WHEN orders.currency = 'EUR' THEN 1 ELSE CAST(fx.eur AS DECIMAL(12, 6)) END
    ) FILTER (WHERE orders.currency = 'USD') AS revenue_eur_where,
    max(
      CAST(orders.amount AS DECIMAL(12, 2))
        * CASE WHEN orders.currency = 'EUR' THEN 1 ELSE CAST(fx.eur AS DECIMAL(12, 6)) END
    ) AS biggest,
    count(*) FILTER (
      WHERE CAST(orders.amount AS DECIMAL(12, 2))
        * CASE WHEN orders.currency = 'EUR' THEN 1 ELSE CAST(fx.eur AS DECIMAL(12, 6)) END
        > 90
    ) AS large
  FROM orders
  LEFT JOIN rates AS fx
    ON fx.day = CAST(orders.ordered_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE)
    AND fx.money = orders.currency
  WHERE orders.ordered_at >= TIMESTAMP '2026-01-31 23:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-04-30 22:00:00'
  GROUP BY 1, 2
),
-- orders: revenue_eur, revenue_usd, dollars, biggest, large by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'shop' AS slicing,
    i.shop,
    sum(i.revenue_eur) AS revenue_eur,
    sum(i.revenue_usd) AS revenue_usd,
    sum(i.dollars) AS dollars,
    sum(i.revenue_eur_where) AS revenue_eur_where,
    max(i.biggest) AS biggest,
    CAST(sum(i.large) AS BIGINT) AS large
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-05-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS shop,
    sum(i.revenue_eur) AS revenue_eur,
    sum(i.revenue_usd) AS revenue_usd,
    sum(i.dollars) AS dollars,
    sum(i.revenue_eur_where) AS revenue_eur_where,
    max(i.biggest) AS biggest,
    CAST(sum(i.large) AS BIGINT) AS large
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-05-01'
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue_eur by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    'shop' AS slicing,
    i.shop,
    sum(i.revenue_eur) AS revenue_eur_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS shop,
    sum(i.revenue_eur) AS revenue_eur_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'shop' AS slicing,
    i.shop
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS shop
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.shop,
    r.revenue_eur,
    r.revenue_usd,
    r.dollars,
    CAST(NULL AS BIGINT) AS revenue_eur_previous,
    r.revenue_eur_where,
    r.biggest,
    r.large
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.shop,
    CAST(NULL AS BIGINT) AS revenue_eur,
    CAST(NULL AS BIGINT) AS revenue_usd,
    CAST(NULL AS BIGINT) AS dollars,
    r.revenue_eur_previous,
    CAST(NULL AS BIGINT) AS revenue_eur_where,
    CAST(NULL AS BIGINT) AS biggest,
    CAST(NULL AS BIGINT) AS large
  FROM orders_monthly_previous_1_month AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.shop,
    CAST(NULL AS BIGINT) AS revenue_eur,
    CAST(NULL AS BIGINT) AS revenue_usd,
    CAST(NULL AS BIGINT) AS dollars,
    CAST(NULL AS BIGINT) AS revenue_eur_previous,
    CAST(NULL AS BIGINT) AS revenue_eur_where,
    CAST(NULL AS BIGINT) AS biggest,
    CAST(NULL AS BIGINT) AS large
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.shop,
    COALESCE(max(k.revenue_eur), 0) AS revenue_eur,
    COALESCE(max(k.revenue_usd), 0) AS revenue_usd,
    COALESCE(max(k.dollars), 0) AS dollars,
    COALESCE(max(k.revenue_eur_previous), 0) AS revenue_eur_previous,
    COALESCE(max(k.revenue_eur_where), 0) AS revenue_eur_where,
    max(k.biggest) AS biggest,
    COALESCE(max(k.large), 0) AS large
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.shop,
  c.revenue_eur,
  c.revenue_usd,
  c.dollars,
  CAST(c.revenue_eur AS DOUBLE) / NULLIF(c.revenue_eur_previous, 0) - 1 AS growth,
  c.revenue_eur_where AS in_dollars,
  c.biggest,
  c.large,
  CAST(c.revenue_usd AS DOUBLE) / NULLIF(c.revenue_eur, 0) AS dollars_a_euro
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'shop' THEN 1 END,
  c.shop NULLS LAST,
  c.period_start;
