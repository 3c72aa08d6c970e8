WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    orders.channel,
    sum(orders.amount) AS revenue_to_date,
    count(*) AS orders_rows_to_date,
    sum(orders.amount) FILTER (WHERE orders.paid_by = 'card') AS card_revenue_to_date
  FROM orders
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- the time that each period reads: year to date
year_to_date AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders_rows, card_revenue by month, year to date
orders_monthly_year_to_date AS (
  SELECT
    w.period_start,
    i.channel,
    sum(i.revenue_to_date) AS revenue_to_date,
    CAST(sum(i.orders_rows_to_date) AS BIGINT) AS orders_rows_to_date,
    sum(i.card_revenue_to_date) AS card_revenue_to_date,
    CAST(sum(i.orders_rows_to_date) AS BIGINT) AS orders_rows_to_date_2
  FROM orders_atoms AS i
  JOIN year_to_date AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.channel
  FROM orders_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.channel,
    r.revenue_to_date,
    r.orders_rows_to_date,
    r.card_revenue_to_date,
    r.orders_rows_to_date_2
  FROM orders_monthly_year_to_date AS r
  UNION ALL
  SELECT
    p.period_start,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue_to_date,
    CAST(NULL AS BIGINT) AS orders_rows_to_date,
    CAST(NULL AS BIGINT) AS card_revenue_to_date,
    CAST(NULL AS BIGINT) AS orders_rows_to_date_2
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.channel,
    COALESCE(max(k.revenue_to_date), 0) AS revenue_to_date,
    COALESCE(max(k.orders_rows_to_date), 0) AS orders_rows_to_date,
    COALESCE(max(k.card_revenue_to_date), 0) AS card_revenue_to_date,
    COALESCE(max(k.orders_rows_to_date_2), 0) AS orders_rows_to_date_2
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.orders_rows_to_date > 0 THEN c.revenue_to_date END AS ranked_by,
    CASE WHEN c.orders_rows_to_date_2 > 0 THEN c.card_revenue_to_date END AS ranked_by_2,
    CASE WHEN c.orders_rows_to_date > 0 THEN c.revenue_to_date END AS ranked_by_3
  FROM cells AS c
),
-- members among each other
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start
          ORDER BY c.ranked_by DESC NULLS LAST
        )
    END AS place,
    CASE
      WHEN c.ranked_by_2 IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start
          ORDER BY c.ranked_by_2 DESC NULLS LAST
        )
    END AS place_2,
    CASE
      WHEN c.ranked_by_3 IS NOT NULL AND min(c.ranked_by_3) OVER (PARTITION BY c.period_start) >= 0 THEN CAST(
          sum(c.ranked_by_3) OVER (
            PARTITION BY c.period_start
            ORDER BY c.ranked_by_3 DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE
        )
          / NULLIF(sum(c.ranked_by_3) OVER (PARTITION BY c.period_start), 0)
    END AS cumulative_share
  FROM formulas AS c
)
SELECT
  c.period_start,
  'channel' AS slicing,
  'all' AS segment,
  c.channel,
  c.place,
  c.place_2 AS card_place,
  c.cumulative_share AS share_so_far
FROM formulas_2 AS c
ORDER BY c.channel NULLS LAST, c.period_start;
