WITH
-- contacts by day
contacts_atoms AS (
  SELECT
    contacts.day AS period_start,
    count(*) FILTER (WHERE "order".order_id IS NOT NULL) AS converted,
    count(*) AS contacts
  FROM contacts
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
          ORDER BY r.kpic_at
          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS kpic_number,
        r.kpic_counts
      FROM (
        SELECT DISTINCT
          contacts.who AS kpic_value_1,
          contacts.day AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM contacts
        WHERE contacts.who IS NOT NULL
          AND contacts.day IS NOT NULL
        UNION ALL
        SELECT
          orders.who AS kpic_value_1,
          orders.day AS kpic_at,
          1 AS kpic_counts
        FROM orders
        WHERE orders.who IS NOT NULL
          AND orders.day IS NOT NULL
          AND orders.day < DATE '2026-02-11'
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS order_number
    ON order_number.kpic_value_1 = contacts.who
    AND order_number.kpic_at = contacts.day
  LEFT JOIN (
    SELECT
      orders.*,
      orders.day AS kpic_at,
      row_number() OVER (PARTITION BY orders.who ORDER BY orders.day, orders.order_id) AS kpic_number
    FROM orders
    WHERE orders.who IS NOT NULL
      AND orders.day IS NOT NULL
      AND orders.day < DATE '2026-02-11'
  ) AS "order"
    ON "order".who = contacts.who
    AND "order".kpic_number = order_number.kpic_number + 1
    AND "order".kpic_at < CAST(contacts.day AS DATE) + 30
  WHERE contacts.day >= DATE '2026-01-01'
    AND contacts.day < DATE '2026-02-11'
  GROUP BY 1
),
-- contacts: converted by month
contacts_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.converted) AS BIGINT) AS converted
  FROM contacts_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-03-01'
  GROUP BY 1
),
-- contacts: contacts by month
contacts_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.contacts) AS BIGINT) AS contacts
  FROM contacts_atoms AS i
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
-- contacts: converted by month, previous
contacts_monthly_previous AS (
  SELECT
    w.period_start,
    CAST(sum(i.converted) AS BIGINT) AS converted_previous_2
  FROM contacts_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
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
-- contacts: contacts by month, previous
contacts_monthly_previous_2 AS (
  SELECT
    w.period_start,
    CAST(sum(i.contacts) AS BIGINT) AS contacts_previous
  FROM contacts_atoms AS i
  JOIN previous_2 AS w
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
-- contacts: converted by month, previous 1 month
contacts_monthly_previous_1_month AS (
  SELECT
    w.period_start,
    CAST(sum(i.converted) AS BIGINT) AS converted_previous_3
  FROM contacts_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- contacts: contacts by month, previous 1 month
contacts_monthly_previous_1_month_2 AS (
  SELECT
    w.period_start,
    CAST(sum(i.contacts) AS BIGINT) AS contacts_previous_2
  FROM contacts_atoms AS i
  JOIN previous_1_month AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- contacts by day
contacts_atoms_2 AS (
  SELECT
    contacts.day AS period_start,
    count(*) AS converted_previous
  FROM contacts
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
          ORDER BY r.kpic_at
          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS kpic_number,
        r.kpic_counts
      FROM (
        SELECT DISTINCT
          contacts.who AS kpic_value_1,
          contacts.day AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM contacts
        WHERE contacts.who IS NOT NULL
          AND contacts.day IS NOT NULL
        UNION ALL
        SELECT
          orders.who AS kpic_value_1,
          orders.day AS kpic_at,
          1 AS kpic_counts
        FROM orders
        WHERE orders.who IS NOT NULL
          AND orders.day IS NOT NULL
          AND orders.day < DATE '2026-01-11'
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS order_number
    ON order_number.kpic_value_1 = contacts.who
    AND order_number.kpic_at = contacts.day
  LEFT JOIN (
    SELECT
      orders.*,
      orders.day AS kpic_at,
      row_number() OVER (PARTITION BY orders.who ORDER BY orders.day, orders.order_id) AS kpic_number
    FROM orders
    WHERE orders.who IS NOT NULL
      AND orders.day IS NOT NULL
      AND orders.day < DATE '2026-01-11'
  ) AS "order"
    ON "order".who = contacts.who
    AND "order".kpic_number = order_number.kpic_number + 1
    AND "order".kpic_at < CAST(contacts.day AS DATE) + 30
  WHERE contacts.day >= DATE '2026-01-01'
    AND contacts.day < DATE '2026-01-11'
    AND "order".order_id IS NOT NULL
  GROUP BY 1
),
-- contacts: converted by month, previous
contacts_monthly_previous_3 AS (
  SELECT
    w.period_start,
    CAST(sum(i.converted_previous) AS BIGINT) AS converted_previous
  FROM contacts_atoms_2 AS i
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
    COALESCE(r1.converted, 0) AS converted,
    COALESCE(r2.contacts, 0) AS contacts,
    COALESCE(r7.converted_previous, 0) AS converted_previous,
    CASE WHEN FALSE THEN COALESCE(r3.converted_previous_2, 0) END AS converted_previous_2,
    COALESCE(r4.contacts_previous, 0) AS contacts_previous,
    COALESCE(r5.converted_previous_3, 0) AS converted_previous_3,
    COALESCE(r6.contacts_previous_2, 0) AS contacts_previous_2
  FROM spine AS p
  LEFT JOIN contacts_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN contacts_monthly_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN contacts_monthly_previous AS r3 ON r3.period_start = p.period_start
  LEFT JOIN contacts_monthly_previous_2 AS r4 ON r4.period_start = p.period_start
  LEFT JOIN contacts_monthly_previous_1_month AS r5 ON r5.period_start = p.period_start
  LEFT JOIN contacts_monthly_previous_1_month_2 AS r6 ON r6.period_start = p.period_start
  LEFT JOIN contacts_monthly_previous_3 AS r7 ON r7.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.converted AS DOUBLE PRECISION) / NULLIF(c.contacts, 0) AS conversion,
  CAST(CASE WHEN TRUE THEN c.converted_previous ELSE c.converted_previous_2 END AS DOUBLE PRECISION)
    / NULLIF(c.contacts_previous, 0) AS before,
  CAST(c.converted_previous_3 AS DOUBLE PRECISION) / NULLIF(c.contacts_previous_2, 0) AS all_before
FROM cells AS c
ORDER BY c.period_start;
