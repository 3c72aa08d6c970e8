WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) AS called
  FROM orders
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at DESC
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
    FROM (
      SELECT DISTINCT
        orders.who AS kpic_value_1,
        orders.shipped_on AS kpic_at,
        CAST(NULL AS BIGINT) AS kpic_counts
      FROM orders
      WHERE orders.who IS NOT NULL
        AND orders.shipped_on IS NOT NULL
      UNION ALL
      SELECT
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
        AND calls.day < DATE '2026-02-11'
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS call_number
    ON call_number.kpic_value_1 = orders.who
    AND call_number.kpic_at = orders.shipped_on
  LEFT JOIN (
    SELECT
      calls.*,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day DESC, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
      AND calls.day < DATE '2026-02-11'
  ) AS call
    ON call.who = orders.who
    AND call.kpic_number = call_number.kpic_number + 1
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-02-11'
    AND call.call_id IS NOT NULL
  GROUP BY 1
),
-- orders: called by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.called) AS BIGINT) AS called
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT
    DATE '2026-03-01' AS period_start,
    DATE '2026-03-01' AS window_start,
    DATE '2026-03-01' AS window_end
  WHERE FALSE
),
-- orders: called by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    CAST(sum(i.called) AS BIGINT) AS called_previous_2
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous 1 month
previous_1_month AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: called by month, previous 1 month
orders_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    CAST(sum(i.called) AS BIGINT) AS called_previous_3
  FROM orders_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- orders by day
orders_atoms_2 AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) AS called_previous
  FROM orders
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at DESC
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
    FROM (
      SELECT DISTINCT
        orders.who AS kpic_value_1,
        orders.shipped_on AS kpic_at,
        CAST(NULL AS BIGINT) AS kpic_counts
      FROM orders
      WHERE orders.who IS NOT NULL
        AND orders.shipped_on IS NOT NULL
      UNION ALL
      SELECT
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
        AND calls.day < DATE '2026-01-11'
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS call_number
    ON call_number.kpic_value_1 = orders.who
    AND call_number.kpic_at = orders.shipped_on
  LEFT JOIN (
    SELECT
      calls.*,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day DESC, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
      AND calls.day < DATE '2026-01-11'
  ) AS call
    ON call.who = orders.who
    AND call.kpic_number = call_number.kpic_number + 1
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-01-11'
    AND call.call_id IS NOT NULL
  GROUP BY 1
),
-- the time that each period reads: previous
previous_2 AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-01-11')
  ) AS q(period_start, window_start, window_end)
),
-- orders: called by month, previous
orders_monthly_previous_2 AS (
  SELECT
    w.period_start,
    CAST(sum(i.called_previous) AS BIGINT) AS called_previous
  FROM orders_atoms_2 AS i
  JOIN previous_2 AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.called, 0) AS called,
    COALESCE(r4.called_previous, 0) AS called_previous,
    CASE WHEN FALSE THEN COALESCE(r2.called_previous_2, 0) END AS called_previous_2,
    COALESCE(r3.called_previous_3, 0) AS called_previous_3
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN orders_monthly_previous AS r2 ON r2.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_1_month AS r3 ON r3.period_start = p.period_start
  LEFT JOIN orders_monthly_previous_2 AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.called,
  CASE WHEN TRUE THEN c.called_previous ELSE c.called_previous_2 END AS called_before,
  c.called_previous_3 AS called_in_the_whole_month_before
FROM cells AS c
ORDER BY c.period_start;
