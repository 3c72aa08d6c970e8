WITH
-- the ends of each period's days
average AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-02', 31),
      (DATE '2026-01-01', DATE '2026-01-03', 31),
      (DATE '2026-01-01', DATE '2026-01-04', 31),
      (DATE '2026-01-01', DATE '2026-01-05', 31),
      (DATE '2026-01-01', DATE '2026-01-06', 31),
      (DATE '2026-01-01', DATE '2026-01-07', 31),
      (DATE '2026-01-01', DATE '2026-01-08', 31),
      (DATE '2026-01-01', DATE '2026-01-09', 31),
      (DATE '2026-01-01', DATE '2026-01-10', 31),
      (DATE '2026-01-01', DATE '2026-01-11', 31),
      (DATE '2026-01-01', DATE '2026-01-12', 31),
      (DATE '2026-01-01', DATE '2026-01-13', 31),
      (DATE '2026-01-01', DATE '2026-01-14', 31),
      (DATE '2026-01-01', DATE '2026-01-15', 31),
      (DATE '2026-01-01', DATE '2026-01-16', 31),
      (DATE '2026-01-01', DATE '2026-01-17', 31),
      (DATE '2026-01-01', DATE '2026-01-18', 31),
      (DATE '2026-01-01', DATE '2026-01-19', 31),
      (DATE '2026-01-01', DATE '2026-01-20', 31),
      (DATE '2026-01-01', DATE '2026-01-21', 31),
      (DATE '2026-01-01', DATE '2026-01-22', 31),
      (DATE '2026-01-01', DATE '2026-01-23', 31),
      (DATE '2026-01-01', DATE '2026-01-24', 31),
      (DATE '2026-01-01', DATE '2026-01-25', 31),
      (DATE '2026-01-01', DATE '2026-01-26', 31),
      (DATE '2026-01-01', DATE '2026-01-27', 31),
      (DATE '2026-01-01', DATE '2026-01-28', 31),
      (DATE '2026-01-01', DATE '2026-01-29', 31),
      (DATE '2026-01-01', DATE '2026-01-30', 31),
      (DATE '2026-01-01', DATE '2026-01-31', 31),
      (DATE '2026-01-01', DATE '2026-02-01', 31),
      (DATE '2026-02-01', DATE '2026-02-02', 28),
      (DATE '2026-02-01', DATE '2026-02-03', 28),
      (DATE '2026-02-01', DATE '2026-02-04', 28),
      (DATE '2026-02-01', DATE '2026-02-05', 28),
      (DATE '2026-02-01', DATE '2026-02-06', 28),
      (DATE '2026-02-01', DATE '2026-02-07', 28),
      (DATE '2026-02-01', DATE '2026-02-08', 28),
      (DATE '2026-02-01', DATE '2026-02-09', 28),
      (DATE '2026-02-01', DATE '2026-02-10', 28),
      (DATE '2026-02-01', DATE '2026-02-11', 28),
      (DATE '2026-02-01', DATE '2026-02-12', 28),
      (DATE '2026-02-01', DATE '2026-02-13', 28),
      (DATE '2026-02-01', DATE '2026-02-14', 28),
      (DATE '2026-02-01', DATE '2026-02-15', 28),
      (DATE '2026-02-01', DATE '2026-02-16', 28),
      (DATE '2026-02-01', DATE '2026-02-17', 28),
      (DATE '2026-02-01', DATE '2026-02-18', 28),
      (DATE '2026-02-01', DATE '2026-02-19', 28),
      (DATE '2026-02-01', DATE '2026-02-20', 28),
      (DATE '2026-02-01', DATE '2026-02-21', 28),
      (DATE '2026-02-01', DATE '2026-02-22', 28),
      (DATE '2026-02-01', DATE '2026-02-23', 28),
      (DATE '2026-02-01', DATE '2026-02-24', 28),
      (DATE '2026-02-01', DATE '2026-02-25', 28),
      (DATE '2026-02-01', DATE '2026-02-26', 28),
      (DATE '2026-02-01', DATE '2026-02-27', 28),
      (DATE '2026-02-01', DATE '2026-02-28', 28),
      (DATE '2026-02-01', DATE '2026-03-01', 28)
  ) AS q(period_start, window_end, days)
),
-- contracts: each counted value once a month
contracts_entities AS (
  SELECT
    w.period_start,
    w.window_end AS day,
    w.days,
    contracts.customer_id AS entity,
    contracts.channel AS entity_2
  FROM contracts
  JOIN average AS w
    ON contracts.started_on < w.window_end
    AND (contracts.ended_on IS NULL OR contracts.ended_on >= w.window_end)
  GROUP BY 1, 2, 3, 4, 5
),
-- contracts: pairs by month, average
contracts_distinct_monthly_average AS (
  SELECT
    i.period_start,
    CAST(
      count(DISTINCT (i.entity, i.entity_2, i.day)) FILTER (
        WHERE i.entity IS NOT NULL
        AND i.entity_2 IS NOT NULL
        AND i.day IS NOT NULL
      ) AS DOUBLE PRECISION
    )
      / NULLIF(max(i.days), 0) AS pairs_average
  FROM contracts_entities AS i
  GROUP BY 1
),
-- contracts: each counted value once a month
contracts_entities_2 AS (
  SELECT
    w.period_start,
    w.window_end AS day,
    w.days,
    contracts.customer_id AS entity
  FROM contracts
  JOIN average AS w
    ON contracts.started_on < w.window_end
    AND (contracts.ended_on IS NULL OR contracts.ended_on >= w.window_end)
  GROUP BY 1, 2, 3, 4
),
-- contracts: customers by month, average
contracts_distinct_monthly_average_2 AS (
  SELECT
    i.period_start,
    CAST(count(i.entity) AS DOUBLE PRECISION) / NULLIF(max(i.days), 0) AS customers_average
  FROM contracts_entities_2 AS i
  GROUP BY 1
),
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01')
  ) AS q(period_start, window_end)
),
-- contracts: pairs by month
contracts_distinct_monthly AS (
  SELECT
    w.period_start,
    count(DISTINCT (contracts.customer_id, contracts.channel)) FILTER (
      WHERE contracts.customer_id IS NOT NULL
      AND contracts.channel IS NOT NULL
    ) AS pairs
  FROM contracts
  JOIN at_end AS w
    ON contracts.started_on < w.window_end
    AND (contracts.ended_on IS NULL OR contracts.ended_on >= w.window_end)
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
    COALESCE(r1.pairs_average, 0) AS pairs_average,
    COALESCE(r2.customers_average, 0) AS customers_average,
    COALESCE(r3.pairs, 0) AS pairs
  FROM spine AS p
  LEFT JOIN contracts_distinct_monthly_average AS r1 ON r1.period_start = p.period_start
  LEFT JOIN contracts_distinct_monthly_average_2 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN contracts_distinct_monthly AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.pairs_average AS average_pairs,
  c.customers_average AS average_customers,
  c.pairs AS pairs_at_end
FROM cells AS c
ORDER BY c.period_start;
