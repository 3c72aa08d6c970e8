WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.shipped_on AS period_start,
    orders.channel,
    count(*) FILTER (WHERE orders.days > 7) AS very_late,
    count(*) AS shipped,
    count(*) FILTER (WHERE orders.days > 5) AS late,
    count(*) FILTER (WHERE orders.promised_days < orders.days) AS promised,
    count(*) FILTER (WHERE orders.days > 7 AND orders.channel = 'web') AS very_late_where,
    count(*) FILTER (WHERE orders.channel = 'web') AS shipped_where,
    count(*) FILTER (WHERE orders.days > 5 AND orders.channel = 'web') AS late_where,
    count(*) FILTER (WHERE orders.promised_days < orders.days AND orders.channel = 'web') AS promised_where
  FROM orders
  WHERE orders.shipped_on >= DATE '2025-10-01'
    AND orders.shipped_on < DATE '2026-05-01'
  GROUP BY 1, 2
),
-- orders: very_late, shipped, late, promised by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    CAST(sum(i.very_late) AS BIGINT) AS very_late,
    CAST(sum(i.shipped) AS BIGINT) AS shipped,
    CAST(sum(i.late) AS BIGINT) AS late,
    CAST(sum(i.promised) AS BIGINT) AS promised,
    CAST(sum(i.very_late_where) AS BIGINT) AS very_late_where,
    CAST(sum(i.shipped_where) AS BIGINT) AS shipped_where,
    CAST(sum(i.late_where) AS BIGINT) AS late_where,
    CAST(sum(i.promised_where) AS BIGINT) AS promised_where
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2025-11-01'
    AND i.period_start < DATE '2026-05-01'
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    NULL AS channel,
    CAST(sum(i.very_late) AS BIGINT) AS very_late,
    CAST(sum(i.shipped) AS BIGINT) AS shipped,
    CAST(sum(i.late) AS BIGINT) AS late,
    CAST(sum(i.promised) AS BIGINT) AS promised,
    CAST(sum(i.very_late_where) AS BIGINT) AS very_late_where,
    CAST(sum(i.shipped_where) AS BIGINT) AS shipped_where,
    CAST(sum(i.late_where) AS BIGINT) AS late_where,
    CAST(sum(i.promised_where) AS BIGINT) AS promised_where
  FROM orders_atoms AS i
  WHERE i.period_start >= DATE '2025-11-01'
    AND i.period_start < DATE '2026-05-01'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2025-11-01', DATE '2025-10-01', DATE '2025-11-01'),
      (DATE '2025-12-01', DATE '2025-11-01', DATE '2025-12-01'),
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: very_late, shipped, late, promised by month, previous
orders_monthly_previous AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    CAST(sum(i.very_late) AS BIGINT) AS very_late_previous,
    CAST(sum(i.shipped) AS BIGINT) AS shipped_previous,
    CAST(sum(i.late) AS BIGINT) AS late_previous,
    CAST(sum(i.promised) AS BIGINT) AS promised_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS channel,
    CAST(sum(i.very_late) AS BIGINT) AS very_late_previous,
    CAST(sum(i.shipped) AS BIGINT) AS shipped_previous,
    CAST(sum(i.late) AS BIGINT) AS late_previous,
    CAST(sum(i.promised) AS BIGINT) AS promised_previous
  FROM orders_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: rolling 2 months
rolling_2_months AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2025-11-01', DATE '2025-10-01', DATE '2025-12-01'),
      (DATE '2025-12-01', DATE '2025-11-01', DATE '2026-01-01'),
      (DATE '2026-01-01', DATE '2025-12-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-04-01'),
      (DATE '2026-04-01', DATE '2026-03-01', DATE '2026-05-01')
  ) AS q(period_start, window_start, window_end)
),
-- orders: very_late, shipped, late, promised by month, rolling 2 months
orders_monthly_rolling_2_months AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    CAST(sum(i.very_late) AS BIGINT) AS very_late_rolling,
    CAST(sum(i.shipped) AS BIGINT) AS shipped_rolling,
    CAST(sum(i.late) AS BIGINT) AS late_rolling,
    CAST(sum(i.promised) AS BIGINT) AS promised_rolling
  FROM orders_atoms AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    NULL AS channel,
    CAST(sum(i.very_late) AS BIGINT) AS very_late_rolling,
    CAST(sum(i.shipped) AS BIGINT) AS shipped_rolling,
    CAST(sum(i.late) AS BIGINT) AS late_rolling,
    CAST(sum(i.promised) AS BIGINT) AS promised_rolling
  FROM orders_atoms AS i
  JOIN rolling_2_months AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2025-11-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.very_late,
    r.shipped,
    r.late,
    r.promised,
    CAST(NULL AS BIGINT) AS very_late_previous,
    CAST(NULL AS BIGINT) AS shipped_previous,
    CAST(NULL AS BIGINT) AS late_previous,
    CAST(NULL AS BIGINT) AS promised_previous,
    r.very_late_where,
    r.shipped_where,
    r.late_where,
    r.promised_where,
    CAST(NULL AS BIGINT) AS very_late_rolling,
    CAST(NULL AS BIGINT) AS shipped_rolling,
    CAST(NULL AS BIGINT) AS late_rolling,
    CAST(NULL AS BIGINT) AS promised_rolling
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS very_late,
    CAST(NULL AS BIGINT) AS shipped,
    CAST(NULL AS BIGINT) AS late,
    CAST(NULL AS BIGINT) AS promised,
    r.very_late_previous,
    r.shipped_previous,
    r.late_previous,
    r.promised_previous,
    CAST(NULL AS BIGINT) AS very_late_where,
    CAST(NULL AS BIGINT) AS shipped_where,
    CAST(NULL AS BIGINT) AS late_where,
    CAST(NULL AS BIGINT) AS promised_where,
    CAST(NULL AS BIGINT) AS very_late_rolling,
    CAST(NULL AS BIGINT) AS shipped_rolling,
    CAST(NULL AS BIGINT) AS late_rolling,
    CAST(NULL AS BIGINT) AS promised_rolling
  FROM orders_monthly_previous AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS very_late,
    CAST(NULL AS BIGINT) AS shipped,
    CAST(NULL AS BIGINT) AS late,
    CAST(NULL AS BIGINT) AS promised,
    CAST(NULL AS BIGINT) AS very_late_previous,
    CAST(NULL AS BIGINT) AS shipped_previous,
    CAST(NULL AS BIGINT) AS late_previous,
    CAST(NULL AS BIGINT) AS promised_previous,
    CAST(NULL AS BIGINT) AS very_late_where,
    CAST(NULL AS BIGINT) AS shipped_where,
    CAST(NULL AS BIGINT) AS late_where,
    CAST(NULL AS BIGINT) AS promised_where,
    r.very_late_rolling,
    r.shipped_rolling,
    r.late_rolling,
    r.promised_rolling
  FROM orders_monthly_rolling_2_months AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS very_late,
    CAST(NULL AS BIGINT) AS shipped,
    CAST(NULL AS BIGINT) AS late,
    CAST(NULL AS BIGINT) AS promised,
    CAST(NULL AS BIGINT) AS very_late_previous,
    CAST(NULL AS BIGINT) AS shipped_previous,
    CAST(NULL AS BIGINT) AS late_previous,
    CAST(NULL AS BIGINT) AS promised_previous,
    CAST(NULL AS BIGINT) AS very_late_where,
    CAST(NULL AS BIGINT) AS shipped_where,
    CAST(NULL AS BIGINT) AS late_where,
    CAST(NULL AS BIGINT) AS promised_where,
    CAST(NULL AS BIGINT) AS very_late_rolling,
    CAST(NULL AS BIGINT) AS shipped_rolling,
    CAST(NULL AS BIGINT) AS late_rolling,
    CAST(NULL AS BIGINT) AS promised_rolling
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.very_late), 0) AS very_late,
    COALESCE(max(k.shipped), 0) AS shipped,
    COALESCE(max(k.late), 0) AS late,
    COALESCE(max(k.promised), 0) AS promised,
    COALESCE(max(k.very_late_previous), 0) AS very_late_previous,
    COALESCE(max(k.shipped_previous), 0) AS shipped_previous,
    COALESCE(max(k.late_previous), 0) AS late_previous,
    COALESCE(max(k.promised_previous), 0) AS promised_previous,
    COALESCE(max(k.very_late_where), 0) AS very_late_where,
    COALESCE(max(k.shipped_where), 0) AS shipped_where,
    COALESCE(max(k.late_where), 0) AS late_where,
    COALESCE(max(k.promised_where), 0) AS promised_where,
    COALESCE(max(k.very_late_rolling), 0) AS very_late_rolling,
    COALESCE(max(k.shipped_rolling), 0) AS shipped_rolling,
    COALESCE(max(k.late_rolling), 0) AS late_rolling,
    COALESCE(max(k.promised_rolling), 0) AS promised_rolling
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  CASE
    WHEN c.period_start <= DATE '2025-12-01' THEN COALESCE(
        CAST(c.very_late AS DOUBLE PRECISION) / NULLIF(c.shipped, 0),
        0
      )
    WHEN c.period_start = DATE '2026-02-01' THEN COALESCE(
        CAST(c.late AS DOUBLE PRECISION) / NULLIF(c.shipped, 0),
        0
      )
    WHEN c.period_start >= DATE '2026-03-01' THEN COALESCE(
        CAST(c.promised AS DOUBLE PRECISION) / NULLIF(c.shipped, 0),
        0
      )
  END AS late_rate,
  CASE
    WHEN c.period_start <= DATE '2025-12-01' THEN COALESCE(
        CAST(c.very_late AS DOUBLE PRECISION) / NULLIF(c.shipped, 0),
        0
      )
    WHEN c.period_start = DATE '2026-02-01' THEN COALESCE(
        CAST(c.late AS DOUBLE PRECISION) / NULLIF(c.shipped, 0),
        0
      )
    WHEN c.period_start >= DATE '2026-03-01' THEN COALESCE(
        CAST(c.promised AS DOUBLE PRECISION) / NULLIF(c.shipped, 0),
        0
      )
  END
    - CASE
      WHEN c.period_start <= DATE '2026-01-01' THEN COALESCE(
          CAST(c.very_late_previous AS DOUBLE PRECISION) / NULLIF(c.shipped_previous, 0),
          0
        )
      WHEN c.period_start = DATE '2026-03-01' THEN COALESCE(
          CAST(c.late_previous AS DOUBLE PRECISION) / NULLIF(c.shipped_previous, 0),
          0
        )
      WHEN c.period_start >= DATE '2026-04-01' THEN COALESCE(
          CAST(c.promised_previous AS DOUBLE PRECISION) / NULLIF(c.shipped_previous, 0),
          0
        )
    END AS change,
  CASE
    WHEN c.period_start <= DATE '2025-12-01' THEN COALESCE(
        CAST(c.very_late_where AS DOUBLE PRECISION) / NULLIF(c.shipped_where, 0),
        0
      )
    WHEN c.period_start = DATE '2026-02-01' THEN COALESCE(
        CAST(c.late_where AS DOUBLE PRECISION) / NULLIF(c.shipped_where, 0),
        0
      )
    WHEN c.period_start >= DATE '2026-03-01' THEN COALESCE(
        CAST(c.promised_where AS DOUBLE PRECISION) / NULLIF(c.shipped_where, 0),
        0
      )
  END AS late_on_the_web,
  CASE
    WHEN c.period_start <= DATE '2025-12-01' THEN COALESCE(
        CAST(c.very_late_rolling AS DOUBLE PRECISION) / NULLIF(c.shipped_rolling, 0),
        0
      )
    WHEN c.period_start = DATE '2026-02-01' THEN COALESCE(
        CAST(c.late_rolling AS DOUBLE PRECISION) / NULLIF(c.shipped_rolling, 0),
        0
      )
    WHEN c.period_start >= DATE '2026-03-01' THEN COALESCE(
        CAST(c.promised_rolling AS DOUBLE PRECISION) / NULLIF(c.shipped_rolling, 0),
        0
      )
  END AS late_in_two_months
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
