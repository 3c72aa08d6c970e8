WITH
-- users by day
users_atoms AS (
  SELECT
    second.ordered_on AS period_start,
    count(*) AS second_orders,
    sum(
      CAST(EXTRACT(epoch FROM CAST(second.ordered_on AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
        users.signed_up_on AS TIMESTAMP
      )) AS DOUBLE PRECISION)
    ) AS time_to_second_sum,
    count(
      CAST(EXTRACT(epoch FROM CAST(second.ordered_on AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
        users.signed_up_on AS TIMESTAMP
      )) AS DOUBLE PRECISION)
    ) AS time_to_second_count
  FROM users
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
          users.user_id AS kpic_value_1,
          users.signed_up_on AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM users
        WHERE users.user_id IS NOT NULL
          AND users.signed_up_on IS NOT NULL
        UNION ALL
        SELECT
          orders.user_id AS kpic_value_1,
          orders.ordered_on AS kpic_at,
          1 AS kpic_counts
        FROM orders
        WHERE orders.user_id IS NOT NULL
          AND orders.ordered_on IS NOT NULL
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS second_number
    ON second_number.kpic_value_1 = users.user_id
    AND second_number.kpic_at = users.signed_up_on
  LEFT JOIN (
    SELECT
      orders.*,
      row_number() OVER (PARTITION BY orders.user_id ORDER BY orders.ordered_on, orders.order_id) AS kpic_number
    FROM orders
    WHERE orders.user_id IS NOT NULL
      AND orders.ordered_on IS NOT NULL
  ) AS second
    ON second.user_id = users.user_id
    AND second.kpic_number = second_number.kpic_number + 2
  WHERE second.ordered_on >= DATE '2026-01-01'
    AND second.ordered_on < DATE '2026-03-01'
  GROUP BY 1
),
-- users: second_orders, time_to_second by month
users_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.second_orders) AS BIGINT) AS second_orders,
    CAST(sum(i.time_to_second_sum) AS DOUBLE PRECISION) / NULLIF(sum(i.time_to_second_count), 0) AS time_to_second
  FROM users_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.second_orders, 0) AS second_orders,
    r1.time_to_second
  FROM spine AS p
  LEFT JOIN users_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.second_orders,
  c.time_to_second
FROM cells AS c
ORDER BY c.period_start;
