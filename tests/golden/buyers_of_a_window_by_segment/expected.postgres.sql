WITH
-- orders: each counted value once a day
orders_entities AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.customer_id AS entity,
    bit_or(
      CASE WHEN CAST(orders.amount AS NUMERIC(10, 2)) >= 40 THEN 1 ELSE 0 END
        + CASE WHEN orders.channel = 'web' THEN 2 ELSE 0 END
    ) AS fulfils
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-03-02'
    AND orders.ordered_on < DATE '2026-03-10'
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-08', TIMESTAMP '2026-03-09', INTERVAL '1 day') AS periods(start)
),
-- the time that each period reads: rolling 7 days
rolling_7_days AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 6 AS window_start,
    CAST(p.period_start AS DATE) + 1 AS window_end
  FROM spine AS p
),
-- orders: the days on which each value is seen
orders_seen AS (
  SELECT
    'large' AS segment,
    i.entity,
    i.period_start AS day
  FROM orders_entities AS i
  WHERE i.entity IS NOT NULL
    AND i.fulfils & 1 > 0
  UNION ALL
  SELECT
    'web' AS segment,
    i.entity,
    i.period_start AS day
  FROM orders_entities AS i
  WHERE i.entity IS NOT NULL
    AND i.fulfils & 2 > 0
  UNION ALL
  SELECT
    'all' AS segment,
    i.entity,
    i.period_start AS day
  FROM orders_entities AS i
  WHERE i.entity IS NOT NULL
),
-- orders: until when each value is there
orders_stays AS (
  SELECT
    s.segment,
    s.day,
    lead(s.day) OVER (PARTITION BY s.segment, s.entity ORDER BY s.day) AS next_day
  FROM orders_seen AS s
),
-- orders: each value comes, and goes
orders_events AS (
  SELECT
    s.segment,
    s.day,
    count(*) AS change
  FROM orders_stays AS s
  GROUP BY 1, 2
  UNION ALL
  SELECT
    s.segment,
    CASE WHEN s.next_day < CAST(s.day AS DATE) + 7 THEN s.next_day ELSE CAST(s.day AS DATE) + 7 END AS day,
    -count(*) AS change
  FROM orders_stays AS s
  GROUP BY 1, 2
),
-- orders: how many values come and go
orders_changes AS (
  SELECT
    e.segment,
    e.day,
    sum(e.change) AS change
  FROM orders_events AS e
  GROUP BY 1, 2
),
-- orders: buyers by day, rolling 7 days
orders_distinct_daily_rolling_7_days AS (
  SELECT
    w.period_start,
    i.segment,
    CAST(sum(i.change) AS BIGINT) AS buyers_rolling
  FROM orders_changes AS i
  JOIN rolling_7_days AS w ON i.day < w.window_end
  GROUP BY 1, 2
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('large'),
      ('web'),
      ('all')
  ) AS q(segment)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    s.segment,
    COALESCE(r1.buyers_rolling, 0) AS buyers_rolling
  FROM spine AS p
  CROSS JOIN segments AS s
  LEFT JOIN orders_distinct_daily_rolling_7_days AS r1
    ON r1.period_start = p.period_start
    AND r1.segment = s.segment
)
SELECT
  c.period_start,
  'total' AS slicing,
  c.segment,
  c.buyers_rolling AS buyers_7d
FROM cells AS c
ORDER BY
  CASE
    WHEN c.segment = 'large' THEN 0
    WHEN c.segment = 'web' THEN 1
    WHEN c.segment = 'all' THEN 2
  END,
  c.period_start;
