WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    sum(CAST(orders.amount AS NUMERIC(12, 2)) * CAST(fx.rate AS NUMERIC(12, 6))) AS revenue
  FROM orders
  LEFT JOIN (
    SELECT
      q.kpic_value_1,
      q.kpic_at,
      q.kpic_number
    FROM (
      SELECT
        r.kpic_value_1,
        r.kpic_at,
        count(r.kpic_counts) OVER (
          PARTITION BY r.kpic_value_1
          ORDER BY r.kpic_at DESC
          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS kpic_number,
        r.kpic_counts
      FROM (
        SELECT DISTINCT
          orders.currency AS kpic_value_1,
          orders.ordered_on AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM orders
        WHERE orders.currency IS NOT NULL
          AND orders.ordered_on IS NOT NULL
        UNION ALL
        SELECT
          rates.currency AS kpic_value_1,
          rates.day AS kpic_at,
          1 AS kpic_counts
        FROM rates
        WHERE rates.currency IS NOT NULL
          AND rates.day IS NOT NULL
          AND rates.day < DATE '2026-03-10'
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS fx_number
    ON fx_number.kpic_value_1 = orders.currency
    AND fx_number.kpic_at = orders.ordered_on
  LEFT JOIN (
    SELECT
      rates.*,
      rates.day AS kpic_at,
      row_number() OVER (
        PARTITION BY rates.currency
        ORDER BY rates.day DESC, rates.day, rates.currency
      ) AS kpic_number
    FROM rates
    WHERE rates.currency IS NOT NULL
      AND rates.day IS NOT NULL
      AND rates.day < DATE '2026-03-10'
  ) AS fx
    ON fx.currency = orders.currency
    AND fx.kpic_number = fx_number.kpic_number + 1
    AND fx.kpic_at > CAST(orders.ordered_on AS DATE) - 7
  WHERE orders.ordered_on >= DATE '2026-02-09'
    AND orders.ordered_on < DATE '2026-03-10'
  GROUP BY 1
),
-- orders: revenue by week
orders_weekly AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-03-02'
    AND i.period_start < DATE '2026-03-16'
  GROUP BY 1
),
-- the time that each period reads: rolling 28 days
rolling_28_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-02', DATE '2026-02-09', DATE '2026-03-09'),
      (DATE '2026-03-09', DATE '2026-02-16', DATE '2026-03-16')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by week, rolling 28 days
orders_weekly_rolling_28_days AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_rolling
  FROM orders_atoms AS i
  JOIN rolling_28_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-03-02', DATE '2026-02-23', DATE '2026-03-02'),
      (DATE '2026-03-09', DATE '2026-03-02', DATE '2026-03-03')
  ) AS q(period_start, window_start, window_end)
),
-- orders: revenue by week, previous
orders_weekly_previous AS (
  SELECT
    w.period_start,
    sum(i.revenue) AS revenue_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders: typical by week
orders_spread_weekly AS (
  SELECT
    CAST(date_trunc('week', orders.ordered_on) AS DATE) AS period_start,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(
      CAST(orders.amount AS NUMERIC(12, 2)) * CAST(fx.rate AS NUMERIC(12, 6)) AS DOUBLE PRECISION
    )) AS typical
  FROM orders
  LEFT JOIN (
    SELECT
      q.kpic_value_1,
      q.kpic_at,
      q.kpic_number
    FROM (
      SELECT
        r.kpic_value_1,
        r.kpic_at,
        count(r.kpic_counts) OVER (
          PARTITION BY r.kpic_value_1
          ORDER BY r.kpic_at DESC
          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS kpic_number,
        r.kpic_counts
      FROM (
        SELECT DISTINCT
          orders.currency AS kpic_value_1,
          orders.ordered_on AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM orders
        WHERE orders.currency IS NOT NULL
          AND orders.ordered_on IS NOT NULL
        UNION ALL
        SELECT
          rates.currency AS kpic_value_1,
          rates.day AS kpic_at,
          1 AS kpic_counts
        FROM rates
        WHERE rates.currency IS NOT NULL
          AND rates.day IS NOT NULL
          AND rates.day < DATE '2026-03-10'
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS fx_number
    ON fx_number.kpic_value_1 = orders.currency
    AND fx_number.kpic_at = orders.ordered_on
  LEFT JOIN (
    SELECT
      rates.*,
      rates.day AS kpic_at,
      row_number() OVER (
        PARTITION BY rates.currency
        ORDER BY rates.day DESC, rates.day, rates.currency
      ) AS kpic_number
    FROM rates
    WHERE rates.currency IS NOT NULL
      AND rates.day IS NOT NULL
      AND rates.day < DATE '2026-03-10'
  ) AS fx
    ON fx.currency = orders.currency
    AND fx.kpic_number = fx_number.kpic_number + 1
    AND fx.kpic_at > CAST(orders.ordered_on AS DATE) - 7
  WHERE orders.ordered_on >= DATE '2026-03-02'
    AND orders.ordered_on < DATE '2026-03-10'
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer,
    sum(CAST(orders.amount AS NUMERIC(12, 2)) * CAST(fx.rate AS NUMERIC(12, 6))) AS revenue,
    count(*) AS orders_rows
  FROM orders
  LEFT JOIN (
    SELECT
      q.kpic_value_1,
      q.kpic_at,
      q.kpic_number
    FROM (
      SELECT
        r.kpic_value_1,
        r.kpic_at,
        count(r.kpic_counts) OVER (
          PARTITION BY r.kpic_value_1
          ORDER BY r.kpic_at DESC
          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS kpic_number,
        r.kpic_counts
      FROM (
        SELECT DISTINCT
          orders.currency AS kpic_value_1,
          orders.ordered_on AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM orders
        WHERE orders.currency IS NOT NULL
          AND orders.ordered_on IS NOT NULL
        UNION ALL
        SELECT
          rates.currency AS kpic_value_1,
          rates.day AS kpic_at,
          1 AS kpic_counts
        FROM rates
        WHERE rates.currency IS NOT NULL
          AND rates.day IS NOT NULL
          AND rates.day < DATE '2026-03-10'
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS fx_number
    ON fx_number.kpic_value_1 = orders.currency
    AND fx_number.kpic_at = orders.ordered_on
  LEFT JOIN (
    SELECT
      rates.*,
      rates.day AS kpic_at,
      row_number() OVER (
        PARTITION BY rates.currency
        ORDER BY rates.day DESC, rates.day, rates.currency
      ) AS kpic_number
    FROM rates
    WHERE rates.currency IS NOT NULL
      AND rates.day IS NOT NULL
      AND rates.day < DATE '2026-03-10'
  ) AS fx
    ON fx.currency = orders.currency
    AND fx.kpic_number = fx_number.kpic_number + 1
    AND fx.kpic_at > CAST(orders.ordered_on AS DATE) - 7
  WHERE orders.ordered_on >= DATE '2026-03-02'
    AND orders.ordered_on < DATE '2026-03-10'
  GROUP BY 1, 2
),
-- orders: revenue, orders_rows by week
orders_weekly_2 AS (
  SELECT
    CAST(date_trunc('week', i.period_start) AS DATE) AS period_start,
    i.customer,
    sum(i.revenue) AS revenue,
    CAST(sum(i.orders_rows) AS BIGINT) AS orders_rows
  FROM orders_atoms_2 AS i
  GROUP BY 1, 2
),
-- results of each source
stack AS (
  SELECT
    r.period_start,
    r.customer,
    r.revenue,
    r.orders_rows
  FROM orders_weekly_2 AS r
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.customer,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.orders_rows), 0) AS orders_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- over each customer, those that take part
per_customer_result AS (
  SELECT
    c.period_start,
    CAST(sum(c.revenue) AS DOUBLE PRECISION) / NULLIF(count(c.revenue), 0) AS per_customer
  FROM cells AS c
  WHERE (c.orders_rows > 0) IS TRUE
    AND c.customer IS NOT NULL
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-02', TIMESTAMP '2026-03-09', INTERVAL '1 week') AS periods(start)
),
-- every period, with what no rows mean
cells_2 AS (
  SELECT
    p.period_start,
    COALESCE(r1.revenue, 0) AS revenue,
    COALESCE(r2.revenue_rolling, 0) AS revenue_rolling,
    r5.per_customer,
    r4.typical,
    COALESCE(r3.revenue_previous, 0) AS revenue_previous
  FROM spine AS p
  LEFT JOIN orders_weekly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_weekly_rolling_28_days AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_weekly_previous AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_spread_weekly AS r4 ON r4.period_start = p.period_start
  LEFT JOIN per_customer_result AS r5 ON r5.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.revenue,
  c.revenue_rolling AS revenue_28d,
  c.per_customer,
  c.typical,
  c.revenue_previous AS before
FROM cells_2 AS c
ORDER BY c.period_start;
