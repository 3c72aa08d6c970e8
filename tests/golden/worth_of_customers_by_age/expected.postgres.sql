WITH
-- when each entity enters
acquired_entries AS (
  SELECT
    customers.customer_id AS entity,
    customers.acquired_on AS kpic_entered,
    customers.customer_id AS key_1
  FROM customers
  WHERE customers.customer_id IS NOT NULL
    AND customers.acquired_on IS NOT NULL
    AND customers.acquired_on < DATE '2026-04-01'
),
-- what those who entered did afterwards: revenue
acquired_revenue AS (
  SELECT
    e.entity,
    CAST(EXTRACT(year FROM orders.ordered_on) AS INTEGER) * 12
      + CAST(EXTRACT(month FROM orders.ordered_on) AS INTEGER)
      - (
        CAST(EXTRACT(year FROM e.kpic_entered) AS INTEGER) * 12
          + CAST(EXTRACT(month FROM e.kpic_entered) AS INTEGER)
      ) AS age,
    sum(CAST(orders.amount AS NUMERIC(10, 2))) AS kpic_value
  FROM orders
  JOIN acquired_entries AS e
    ON orders.customer_id = e.entity
    AND orders.ordered_on >= e.kpic_entered
  WHERE orders.ordered_on < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- the rows with which entities enter
acquired AS (
  SELECT
    customers.*,
    customers.acquired_on AS kpic_entered,
    v.age AS kpic_age,
    CAST(NULL AS DATE) AS kpic_youngest,
    v.kpic_value
  FROM customers
  JOIN acquired_revenue AS v ON v.entity = customers.customer_id
  WHERE customers.customer_id IS NOT NULL
    AND customers.acquired_on IS NOT NULL
    AND customers.acquired_on < DATE '2026-04-01'
  UNION ALL
  SELECT
    customers.*,
    customers.acquired_on AS kpic_entered,
    CAST(NULL AS BIGINT) AS kpic_age,
    customers.acquired_on AS kpic_youngest,
    CAST(NULL AS BIGINT) AS kpic_value
  FROM customers
  WHERE customers.customer_id IS NOT NULL
    AND customers.acquired_on IS NOT NULL
    AND customers.acquired_on < DATE '2026-04-01'
),
-- customers by day
customers_atoms AS (
  SELECT
    customers.acquired_on AS period_start,
    customers.kpic_age AS age,
    customers.country,
    sum(customers.kpic_value) AS acquired_revenue,
    count(*) FILTER (WHERE customers.kpic_age IS NULL) AS acquired_entrants,
    max(customers.kpic_youngest) AS acquired_is_young
  FROM acquired AS customers
  WHERE customers.acquired_on >= DATE '2026-01-01'
    AND customers.acquired_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- ages in months
ages AS (
  SELECT *
  FROM (
    VALUES
      (0),
      (1),
      (2)
  ) AS q(age)
),
-- customers: at each age
customers_ages AS (
  SELECT
    i.period_start,
    a.age,
    i.country,
    i.acquired_revenue,
    i.acquired_entrants,
    CASE
      WHEN a.age
          >= CAST(EXTRACT(year FROM DATE '2026-04-01') AS INTEGER) * 12
            + CAST(EXTRACT(month FROM DATE '2026-04-01') AS INTEGER)
            - (
              CAST(EXTRACT(year FROM i.acquired_is_young) AS INTEGER) * 12
                + CAST(EXTRACT(month FROM i.acquired_is_young) AS INTEGER)
            ) THEN 1
      ELSE 0
    END AS acquired_is_young
  FROM customers_atoms AS i
  CROSS JOIN ages AS a
  WHERE i.age IS NULL
  UNION ALL
  SELECT
    i.period_start,
    a.age,
    i.country,
    i.acquired_revenue,
    i.acquired_entrants,
    CAST(NULL AS BIGINT) AS acquired_is_young
  FROM customers_atoms AS i
  JOIN ages AS a ON i.age <= a.age
),
-- customers: acquired_revenue, acquired_entrants, acquired_is_young by month
customers_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'age,country' AS slicing,
    i.age,
    i.country,
    sum(i.acquired_revenue) AS acquired_revenue,
    CAST(sum(i.acquired_entrants) AS BIGINT) AS acquired_entrants,
    max(i.acquired_is_young) AS acquired_is_young
  FROM customers_ages AS i
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'age' AS slicing,
    i.age,
    NULL AS country,
    sum(i.acquired_revenue) AS acquired_revenue,
    CAST(sum(i.acquired_entrants) AS BIGINT) AS acquired_entrants,
    max(i.acquired_is_young) AS acquired_is_young
  FROM customers_ages AS i
  GROUP BY 1, 3
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'age,country' AS slicing,
    i.age,
    i.country
  FROM customers_ages AS i
  GROUP BY 2, 3
  UNION ALL
  SELECT
    'age' AS slicing,
    i.age,
    NULL AS country
  FROM customers_ages AS i
  GROUP BY 2
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.age,
    r.country,
    r.acquired_revenue,
    r.acquired_entrants,
    r.acquired_is_young
  FROM customers_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.age,
    m.country,
    CAST(NULL AS BIGINT) AS acquired_revenue,
    CAST(NULL AS BIGINT) AS acquired_entrants,
    CAST(NULL AS BIGINT) AS acquired_is_young
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.age,
    k.country,
    COALESCE(max(k.acquired_revenue), 0) AS acquired_revenue,
    COALESCE(max(k.acquired_entrants), 0) AS acquired_entrants,
    max(k.acquired_is_young) AS acquired_is_young
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.age,
  c.country,
  CASE
    WHEN c.acquired_is_young = 0 THEN CAST(c.acquired_revenue AS DOUBLE PRECISION)
        / NULLIF(c.acquired_entrants, 0)
  END AS clv_by_cohort
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'age' THEN 0 WHEN c.slicing = 'age,country' THEN 1 END,
  c.age NULLS LAST,
  c.country NULLS LAST,
  c.period_start;
