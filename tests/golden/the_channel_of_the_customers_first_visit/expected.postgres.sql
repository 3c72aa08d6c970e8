WITH
-- orders by day
orders_atoms AS (
  SELECT
    orders.day AS period_start,
    customer_first_visit.channel AS acquisition_channel,
    count(*) AS orders,
    sum(orders.amount) AS revenue
  FROM orders
  LEFT JOIN customers AS customer ON customer.customer_id = orders.customer_id
  LEFT JOIN (
    SELECT q.*
    FROM (
      SELECT
        visits.*,
        visits.day AS kpic_at,
        row_number() OVER (PARTITION BY visits.customer_id ORDER BY visits.day, visits.visit_id) AS kpic_place
      FROM visits
      WHERE visits.customer_id IS NOT NULL
        AND visits.day IS NOT NULL
    ) AS q
    WHERE q.kpic_place = 1
  ) AS customer_first_visit
    ON customer_first_visit.customer_id = customer.customer_id
    AND customer_first_visit.kpic_at < customer.signed_up_on
  WHERE orders.day >= DATE '2026-01-01'
    AND orders.day < DATE '2026-02-01'
  GROUP BY 1, 2
),
-- orders: orders, revenue by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.acquisition_channel,
    CAST(sum(i.orders) AS BIGINT) AS orders,
    sum(i.revenue) AS revenue
  FROM orders_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.acquisition_channel
  FROM orders_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.acquisition_channel,
    r.orders,
    r.revenue
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.acquisition_channel,
    CAST(NULL AS BIGINT) AS orders,
    CAST(NULL AS BIGINT) AS revenue
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.acquisition_channel,
    COALESCE(max(k.orders), 0) AS orders,
    COALESCE(max(k.revenue), 0) AS revenue
  FROM stack AS k
  GROUP BY 1, 2
)
SELECT
  c.period_start,
  'acquisition_channel' AS slicing,
  'all' AS segment,
  c.acquisition_channel,
  c.orders,
  c.revenue
FROM cells AS c
ORDER BY c.acquisition_channel NULLS LAST, c.period_start;
