WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    count(*) AS orders,
    sum(
      CAST(EXTRACT(epoch FROM CAST(orders.ordered_on AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
        earlier.ordered_on AS TIMESTAMP
      )) AS DOUBLE PRECISION)
    ) AS days_between_sum,
    count(
      CAST(EXTRACT(epoch FROM CAST(orders.ordered_on AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
        earlier.ordered_on AS TIMESTAMP
      )) AS DOUBLE PRECISION)
    ) AS days_between_count
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
          orders.customer_id AS kpic_value_1,
          orders.ordered_on AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM orders
        WHERE orders.customer_id IS NOT NULL
          AND orders.ordered_on IS NOT NULL
        UNION ALL
        SELECT
          orders.customer_id AS kpic_value_1,
          orders.ordered_on AS kpic_at,
          1 AS kpic_counts
        FROM orders
        WHERE orders.customer_id IS NOT NULL
          AND orders.ordered_on IS NOT NULL
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS earlier_number
    ON earlier_number.kpic_value_1 = orders.customer_id
    AND earlier_number.kpic_at = orders.ordered_on
  LEFT JOIN (
    SELECT
      orders.*,
      row_number() OVER (PARTITION BY orders.customer_id ORDER BY orders.ordered_on DESC, orders.id) AS kpic_number
    FROM orders
    WHERE orders.customer_id IS NOT NULL
      AND orders.ordered_on IS NOT NULL
  ) AS earlier
    ON earlier.customer_id = orders.customer_id
    AND earlier.kpic_number = earlier_number.kpic_number + 1
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1
),
-- orders: orders, days_between by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    CAST(sum(i.days_between_sum) AS DOUBLE PRECISION) / NULLIF(sum(i.days_between_count), 0) AS days_between
  FROM orders_atoms AS i
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
    COALESCE(r1.orders, 0) AS orders,
    r1.days_between
  FROM spine AS p
  LEFT JOIN orders_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.orders,
  c.days_between
FROM cells AS c
ORDER BY c.period_start;
