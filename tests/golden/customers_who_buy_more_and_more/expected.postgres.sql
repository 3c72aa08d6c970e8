WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    max(CAST(orders.amount AS NUMERIC(10, 2))) AS largest,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue_rolling
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1
),
-- orders: largest by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    max(i.largest) AS largest
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: largest by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    max(i.largest) AS largest_previous
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 2 months
previous_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: largest by month, previous 2 months
orders_monthly_previous_2_months AS (
  SELECT
    w.period_start,
    max(i.largest) AS largest_previous_2
  FROM orders_atoms AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, rolling 2 months
orders_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    sum(i.revenue_rolling) AS revenue_rolling
  FROM orders_atoms AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month rolling 2 months
previous_1_month_rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-01-01', DATE '2026-03-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous 1 month rolling 2 months
orders_monthly_previous_1_month_rolling_2_months AS (
  SELECT
    w.period_start,
    sum(i.revenue_rolling) AS revenue_previous_rolling
  FROM orders_atoms AS i
  JOIN previous_1_month_rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 2 months rolling 2 months
previous_2_months_rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2025-12-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by month, previous 2 months rolling 2 months
orders_monthly_previous_2_months_rolling_2_months AS (
  SELECT
    w.period_start,
    sum(i.revenue_rolling) AS revenue_previous_rolling_2
  FROM orders_atoms AS i
  JOIN previous_2_months_rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- baskets: the snapshot that stands for each instant
baskets_snapshots AS (
  SELECT
    w.period_start,
    max(baskets.day) AS taken
  FROM baskets
  JOIN at_end AS w
    ON baskets.day >= w.window_start
    AND baskets.day < w.window_end
  GROUP BY 1
),
-- baskets: open_baskets by month
baskets_monthly AS (
  SELECT
    d.period_start,
    count(*) AS open_baskets
  FROM baskets
  JOIN baskets_snapshots AS d ON baskets.day = d.taken
  GROUP BY 1
),
-- baskets: the snapshot that stands for each instant
baskets_snapshots_2 AS (
  SELECT
    w.period_start,
    max(baskets.day) AS taken
  FROM baskets
  JOIN previous_1_month AS w
    ON baskets.day >= w.window_start
    AND baskets.day < w.window_end
  GROUP BY 1
),
-- baskets: open_baskets by month
baskets_monthly_2 AS (
  SELECT
    d.period_start,
    count(*) AS open_baskets_previous
  FROM baskets
  JOIN baskets_snapshots_2 AS d ON baskets.day = d.taken
  GROUP BY 1
),
-- baskets: the snapshot that stands for each instant
baskets_snapshots_3 AS (
  SELECT
    w.period_start,
    max(baskets.day) AS taken
  FROM baskets
  JOIN previous_2_months AS w
    ON baskets.day >= w.window_start
    AND baskets.day < w.window_end
  GROUP BY 1
),
-- baskets: open_baskets by month
baskets_monthly_3 AS (
  SELECT
    d.period_start,
    count(*) AS open_baskets_previous_2
  FROM baskets
  JOIN baskets_snapshots_3 AS d ON baskets.day = d.taken
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month
orders_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month, previous 1 month
orders_monthly_previous_1_month_2 AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_2 AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month, previous 2 months
orders_monthly_previous_2_months_2 AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue) AS revenue_previous_2,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_previous_2
  FROM orders_atoms_2 AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    r.orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2
  FROM orders_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows,
    r.orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2
  FROM orders_monthly_previous_1_month_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.revenue_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    r.orders_rows_previous_2
  FROM orders_monthly_previous_2_months_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.revenue_previous_2), 0) AS revenue_previous_2,
    COALESCE(max(k.orders_rows), 0) AS orders_rows,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous,
    COALESCE(max(k.orders_rows_previous_2), 0) AS orders_rows_previous_2
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer
  FROM cells AS c
  WHERE (c.orders_rows > 0 OR c.orders_rows_previous > 0 OR c.orders_rows_previous_2 > 0) IS TRUE
    AND (
      (
        SELECT
          CASE
            WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
                p.place AS DOUBLE PRECISION
              ))
          END AS value
        FROM (
          VALUES
            (0, c.revenue_previous_2),
            (1, c.revenue_previous),
            (2, c.revenue)
        ) AS p(place, value)
      )
        > 0
    ) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_3 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month
orders_monthly_3 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_3 AS i
  WHERE i.period_start >= DATE '2026-03-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month, previous 1 month
orders_monthly_previous_1_month_3 AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue) AS revenue_previous,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_3 AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month, previous 2 months
orders_monthly_previous_2_months_3 AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue) AS revenue_previous_2,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows_previous_2
  FROM orders_atoms_3 AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    r.orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2
  FROM orders_monthly_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows,
    r.orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2
  FROM orders_monthly_previous_1_month_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.revenue_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    r.orders_rows_previous_2
  FROM orders_monthly_previous_2_months_3 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.revenue_previous_2), 0) AS revenue_previous_2,
    COALESCE(max(k.orders_rows), 0) AS orders_rows,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous,
    COALESCE(max(k.orders_rows_previous_2), 0) AS orders_rows_previous_2
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_2_result AS (
  SELECT
    c.period_start,
    CAST(
      sum(
        (
          SELECT
            CASE
              WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
                  p.place AS DOUBLE PRECISION
                ))
            END AS value
          FROM (
            VALUES
              (0, c.revenue_previous_2),
              (1, c.revenue_previous),
              (2, c.revenue)
          ) AS p(place, value)
        )
      ) AS DOUBLE PRECISION
    )
      / NULLIF(
        count(
          (
            SELECT
              CASE
                WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
                    p.place AS DOUBLE PRECISION
                  ))
              END AS value
            FROM (
              VALUES
                (0, c.revenue_previous_2),
                (1, c.revenue_previous),
                (2, c.revenue)
            ) AS p(place, value)
          )
        ), 0
      ) AS per_customer_2
  FROM cells_2 AS c
  WHERE (c.orders_rows > 0 OR c.orders_rows_previous > 0 OR c.orders_rows_previous_2 > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- orders by day
orders_atoms_4 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS customer,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS revenue_previous,
    count(*) AS orders_rows_previous
  FROM orders
  WHERE orders.ordered_on >= DATE '2025-12-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month, previous 1 month
orders_monthly_previous_1_month_4 AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue_previous) AS revenue_previous,
    CAST(sum(i.orders_rows_previous) AS BIGINT) AS orders_rows_previous
  FROM orders_atoms_4 AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by month, previous 1 month previous 1 month
orders_monthly_previous_1_month_previous_1_month AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue_previous) AS revenue_previous_2,
    CAST(sum(i.orders_rows_previous) AS BIGINT) AS orders_rows_previous_2
  FROM orders_atoms_4 AS i
  JOIN previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- the time that each period reads: previous 1 month previous 2 months
previous_1_month_previous_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-01', DATE '2025-12-01', DATE '2026-01-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue, orders_rows by month, previous 1 month previous 2 months
orders_monthly_previous_1_month_previous_2_months AS (
  SELECT
    w.period_start,
    i.customer,
    sum(i.revenue_previous) AS revenue_previous_3,
    CAST(sum(i.orders_rows_previous) AS BIGINT) AS orders_rows_previous_3
  FROM orders_atoms_4 AS i
  JOIN previous_1_month_previous_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    r.orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows_previous_3
  FROM orders_monthly_previous_1_month_4 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue_previous,
    r.revenue_previous_2,
    CAST(NULL AS BIGINT) AS revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    r.orders_rows_previous_2,
    CAST(NULL AS BIGINT) AS orders_rows_previous_3
  FROM orders_monthly_previous_1_month_previous_1_month AS r
  UNION ALL
  SELECT
    r.period_start,
    r.customer,
    CAST(NULL AS BIGINT) AS revenue_previous,
    CAST(NULL AS BIGINT) AS revenue_previous_2,
    r.revenue_previous_3,
    CAST(NULL AS BIGINT) AS orders_rows_previous,
    CAST(NULL AS BIGINT) AS orders_rows_previous_2,
    r.orders_rows_previous_3
  FROM orders_monthly_previous_1_month_previous_2_months AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue_previous), 0) AS revenue_previous,
    COALESCE(max(k.revenue_previous_2), 0) AS revenue_previous_2,
    COALESCE(max(k.revenue_previous_3), 0) AS revenue_previous_3,
    COALESCE(max(k.orders_rows_previous), 0) AS orders_rows_previous,
    COALESCE(max(k.orders_rows_previous_2), 0) AS orders_rows_previous_2,
    COALESCE(max(k.orders_rows_previous_3), 0) AS orders_rows_previous_3
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_previous_result AS (
  SELECT
    c.period_start,
    count(*) AS per_customer_previous
  FROM cells_3 AS c
  WHERE (c.orders_rows_previous > 0 OR c.orders_rows_previous_2 > 0 OR c.orders_rows_previous_3 > 0) IS TRUE
    AND (
      (
        SELECT
          CASE
            WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
                p.place AS DOUBLE PRECISION
              ))
          END AS value
        FROM (
          VALUES
            (0, c.revenue_previous_3),
            (1, c.revenue_previous_2),
            (2, c.revenue_previous)
        ) AS p(place, value)
      )
        > 0
    ) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    COALESCE(r10.per_customer, 0) AS per_customer,
    r11.per_customer_2,
    r1.largest,
    r2.largest_previous,
    r3.largest_previous_2,
    COALESCE(r4.revenue_rolling, 0) AS revenue_rolling,
    COALESCE(r5.revenue_previous_rolling, 0) AS revenue_previous_rolling,
    COALESCE(r6.revenue_previous_rolling_2, 0) AS revenue_previous_rolling_2,
    COALESCE(r7.open_baskets, CASE WHEN d1.period_start IS NOT NULL THEN 0 END) AS open_baskets,
    COALESCE(r8.open_baskets_previous, CASE WHEN d2.period_start IS NOT NULL THEN 0 END) AS open_baskets_previous,
    COALESCE(r9.open_baskets_previous_2, CASE WHEN d3.period_start IS NOT NULL THEN 0 END) AS open_baskets_previous_2,
    COALESCE(r12.per_customer_previous, 0) AS per_customer_previous
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_2_months AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_monthly_rolling_2_months AS r4 ON r4.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month_rolling_2_months AS r5
    ON r5.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_2_months_rolling_2_months AS r6
    ON r6.period_start = p.period_start
  LEFT JOIN baskets_monthly AS r7 ON r7.period_start = p.period_start
  LEFT JOIN baskets_monthly_2 AS r8 ON r8.period_start = p.period_start
  LEFT JOIN baskets_monthly_3 AS r9 ON r9.period_start = p.period_start
  LEFT JOIN per_customer_result AS r10 ON r10.period_start = p.period_start
  LEFT JOIN per_customer_2_result AS r11 ON r11.period_start = p.period_start
  LEFT JOIN per_customer_previous_result AS r12 ON r12.period_start = p.period_start
  LEFT JOIN baskets_snapshots AS d1 ON d1.period_start = p.period_start
  LEFT JOIN baskets_snapshots_2 AS d2 ON d2.period_start = p.period_start
  LEFT JOIN baskets_snapshots_3 AS d3 ON d3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.per_customer AS growing,
  c.per_customer_2 AS mean_slope,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
            p.place AS DOUBLE PRECISION
          ))
      END AS value
    FROM (
      VALUES
        (0, c.largest_previous_2),
        (1, c.largest_previous),
        (2, c.largest)
    ) AS p(place, value)
  ) AS trend_of_largest,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
            p.place AS DOUBLE PRECISION
          ))
      END AS value
    FROM (
      VALUES
        (0, c.revenue_previous_rolling_2),
        (1, c.revenue_previous_rolling),
        (2, c.revenue_rolling)
    ) AS p(place, value)
  ) AS trend_of_a_quarter,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
            p.place AS DOUBLE PRECISION
          ))
      END AS value
    FROM (
      VALUES
        (0, c.open_baskets_previous_2),
        (1, c.open_baskets_previous),
        (2, c.open_baskets)
    ) AS p(place, value)
  ) AS trend_of_stock,
  (
    SELECT
      CASE
        WHEN 1 < count(p.value) THEN regr_slope(CAST(p.value AS DOUBLE PRECISION), CAST(
            p.place AS DOUBLE PRECISION
          ))
      END AS value
    FROM (
      VALUES
        (0, c.per_customer_previous),
        (1, c.per_customer)
    ) AS p(place, value)
  ) AS trend_of_growing
FROM cells_4 AS c
ORDER BY c.period_start;
