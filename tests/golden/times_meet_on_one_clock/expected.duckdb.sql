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
    CAST(orders.ordered_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' AS DATE) AS ordered_on,
    count(*) FILTER (
      WHERE EXTRACT(isodow FROM orders.ordered_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')
        = 7
    ) AS on_sundays,
    count(*) FILTER (
      WHERE orders.ordered_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris' >= DATE '2026-03-29'
    ) AS from_29,
    count(*) FILTER (
      WHERE orders.shipped_at AT TIME ZONE 'America/New_York' AT TIME ZONE 'Europe/Paris'
        >= CAST(orders.due_on AS DATE) + 1
    ) AS late,
    sum(
      CAST(epoch_us(orders.shipped_at AT TIME ZONE 'America/New_York' AT TIME ZONE 'UTC') - epoch_us(orders.ordered_at) AS DOUBLE) / 1000000
    ) AS shipping_time,
    count(*) FILTER (WHERE orders.seen_at AT TIME ZONE 'UTC' > orders.ordered_at) AS seen_after
  FROM orders
  WHERE orders.ordered_at >= TIMESTAMP '2026-02-28 23:00:00'
    AND orders.ordered_at < TIMESTAMP '2026-03-31 22:00:00'
  GROUP BY 1, 2
),
-- orders: on_sundays, from_29, late, shipping_time, seen_after by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'ordered_on' AS slicing,
    i.ordered_on,
    CAST(sum(i.on_sundays) AS BIGINT) AS on_sundays,
    CAST(sum(i.from_29) AS BIGINT) AS from_29,
    CAST(sum(i.late) AS BIGINT) AS late,
    sum(i.shipping_time) AS shipping_time,
    CAST(sum(i.seen_after) AS BIGINT) AS seen_after
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS DATE) AS ordered_on,
    CAST(sum(i.on_sundays) AS BIGINT) AS on_sundays,
    CAST(sum(i.from_29) AS BIGINT) AS from_29,
    CAST(sum(i.late) AS BIGINT) AS late,
    sum(i.shipping_time) AS shipping_time,
    CAST(sum(i.seen_after) AS BIGINT) AS seen_after
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'ordered_on' AS slicing,
    i.ordered_on
  FROM orders_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS DATE) AS ordered_on
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.ordered_on,
    r.on_sundays,
    r.from_29,
    r.late,
    r.shipping_time,
    r.seen_after
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.ordered_on,
    CAST(NULL AS BIGINT) AS on_sundays,
    CAST(NULL AS BIGINT) AS from_29,
    CAST(NULL AS BIGINT) AS late,
    CAST(NULL AS DOUBLE) AS shipping_time,
    CAST(NULL AS BIGINT) AS seen_after
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.ordered_on,
    COALESCE(max(k.on_sundays), 0) AS on_sundays,
    COALESCE(max(k.from_29), 0) AS from_29,
    COALESCE(max(k.late), 0) AS late,
    COALESCE(max(k.shipping_time), 0) AS shipping_time,
    COALESCE(max(k.seen_after), 0) AS seen_after
  FROM stack AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.ordered_on,
  c.on_sundays,
  c.from_29,
  c.late,
  c.shipping_time,
  c.seen_after
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'ordered_on' THEN 1 END,
  c.ordered_on NULLS LAST,
  c.period_start;
