WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) FILTER (WHERE orders.customer = 'a') AS revenue_where
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-03-05'
  GROUP BY 1
),
-- orders: revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-02-05')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous,
    sum(i.revenue_where) AS revenue_where_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous previous
previous_previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-01-05')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous previous
orders_monthly_previous_previous AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous_2
  FROM orders_atoms AS i
  JOIN previous_previous AS w
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
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r2.revenue_previous, 0) AS revenue_previous,
    COALESCE(r1.revenue_where, 0) AS revenue_where,
    COALESCE(r2.revenue_where_previous, 0) AS revenue_where_previous,
    COALESCE(r3.revenue_previous_2, 0) AS revenue_previous_2
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_previous AS r3 ON r3.period_start = p.period_start
),
-- targets, and how KPIs stand against them
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.period_start <= DATE '2026-02-01' THEN 200
      WHEN c.period_start >= DATE '2026-03-01' THEN 300
    END AS revenue_target,
    200 AS revenue_target_2,
    200 AS revenue_target_3
  FROM cells AS c
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  c.revenue_previous,
  c.revenue - c.revenue_previous AS revenue_change,
  CAST(c.revenue - c.revenue_previous AS DOUBLE) / NULLIF(abs(c.revenue_previous), 0) AS revenue_change_ratio,
  CAST(c.revenue_where AS DOUBLE) / NULLIF(c.revenue, 0) AS share_of_a,
  CAST(c.revenue_where_previous AS DOUBLE) / NULLIF(c.revenue_previous, 0) AS share_of_a_previous,
  CAST(c.revenue_where AS DOUBLE) / NULLIF(c.revenue, 0)
    - CAST(c.revenue_where_previous AS DOUBLE) / NULLIF(c.revenue_previous, 0) AS share_of_a_change,
  CASE
    WHEN round(abs(CAST(c.revenue_where_previous AS DOUBLE) / NULLIF(c.revenue_previous, 0)), 9) > 0 THEN CAST(
        CAST(c.revenue_where AS DOUBLE) / NULLIF(c.revenue, 0)
          - CAST(c.revenue_where_previous AS DOUBLE) / NULLIF(c.revenue_previous, 0) AS DOUBLE
      )
        / NULLIF(abs(CAST(c.revenue_where_previous AS DOUBLE) / NULLIF(c.revenue_previous, 0)), 0)
  END AS share_of_a_change_ratio,
  1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0)
    - (
      1
        + CAST(c.revenue_previous - c.revenue_target_2 AS DOUBLE)
          / NULLIF(abs(c.revenue_target_2), 0)
    ) AS attained_more,
  1 + CAST(c.revenue_previous - c.revenue_target_2 AS DOUBLE) / NULLIF(abs(c.revenue_target_2), 0)
    - (
      1
        + CAST(c.revenue_previous_2 - c.revenue_target_3 AS DOUBLE)
          / NULLIF(abs(c.revenue_target_3), 0)
    ) AS attained_more_previous,
  1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0)
    - (
      1
        + CAST(c.revenue_previous - c.revenue_target_2 AS DOUBLE)
          / NULLIF(abs(c.revenue_target_2), 0)
    )
    - (
      1
        + CAST(c.revenue_previous - c.revenue_target_2 AS DOUBLE)
          / NULLIF(abs(c.revenue_target_2), 0)
        - (
          1
            + CAST(c.revenue_previous_2 - c.revenue_target_3 AS DOUBLE)
              / NULLIF(abs(c.revenue_target_3), 0)
        )
    ) AS attained_more_change,
  CASE
    WHEN round(
        abs(
          1
            + CAST(c.revenue_previous - c.revenue_target_2 AS DOUBLE)
              / NULLIF(abs(c.revenue_target_2), 0)
            - (
              1
                + CAST(c.revenue_previous_2 - c.revenue_target_3 AS DOUBLE)
                  / NULLIF(abs(c.revenue_target_3), 0)
            )
        ),
        9
      )
        > 0 THEN CAST(
        1 + CAST(c.revenue - c.revenue_target AS DOUBLE) / NULLIF(abs(c.revenue_target), 0)
          - (
            1
              + CAST(c.revenue_previous - c.revenue_target_2 AS DOUBLE)
                / NULLIF(abs(c.revenue_target_2), 0)
          )
          - (
            1
              + CAST(c.revenue_previous - c.revenue_target_2 AS DOUBLE)
                / NULLIF(abs(c.revenue_target_2), 0)
              - (
                1
                  + CAST(c.revenue_previous_2 - c.revenue_target_3 AS DOUBLE)
                    / NULLIF(abs(c.revenue_target_3), 0)
              )
          ) AS DOUBLE
      )
        / NULLIF(
          abs(
            1
              + CAST(c.revenue_previous - c.revenue_target_2 AS DOUBLE)
                / NULLIF(abs(c.revenue_target_2), 0)
              - (
                1
                  + CAST(c.revenue_previous_2 - c.revenue_target_3 AS DOUBLE)
                    / NULLIF(abs(c.revenue_target_3), 0)
              )
          ), 0
        )
  END AS attained_more_change_ratio
FROM formulas AS c
ORDER BY c.period_start;
