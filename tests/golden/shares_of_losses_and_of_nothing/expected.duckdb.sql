WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sales.region,
    sum(sales.amount) AS amount,
    count(*) AS sales_rows
  FROM sales
  WHERE sales.day >= DATE '2026-01-01'
    AND sales.day < DATE '2026-04-01'
  GROUP BY 1, 2
),
-- sales: amount, sales_rows by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.region,
    sum(i.amount) AS amount,
    CAST(sum(i.sales_rows) AS BIGINT) AS sales_rows
  FROM sales_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    i.region
  FROM sales_atoms AS i
  GROUP BY 1
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.region,
    r.amount,
    r.sales_rows
  FROM sales_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.region,
    CAST(NULL AS BIGINT) AS amount,
    CAST(NULL AS BIGINT) AS sales_rows
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.region,
    COALESCE(max(k.amount), 0) AS amount,
    COALESCE(max(k.sales_rows), 0) AS sales_rows,
    max(k.amount) AS amount_unfilled
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.sales_rows > 0 THEN c.amount END AS ranked_by,
    CASE WHEN c.sales_rows > 0 THEN c.amount_unfilled END AS ranked_by_2,
    CASE WHEN c.sales_rows > 0 THEN c.amount_unfilled END AS ranked_by_3
  FROM cells AS c
),
-- members among each other
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL AND min(c.ranked_by) OVER (PARTITION BY c.period_start) >= 0 THEN CAST(
          sum(c.ranked_by) OVER (
            PARTITION BY c.period_start
            ORDER BY c.ranked_by DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE
        )
          / NULLIF(sum(c.ranked_by) OVER (PARTITION BY c.period_start), 0)
    END AS cumulative_share,
    CASE
      WHEN c.ranked_by_2 IS NOT NULL AND min(c.ranked_by_2) OVER (PARTITION BY c.period_start) >= 0 THEN CAST(
          sum(c.ranked_by_2) OVER (
            PARTITION BY c.period_start
            ORDER BY c.ranked_by_2 DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE
        )
          / NULLIF(sum(c.ranked_by_2) OVER (PARTITION BY c.period_start), 0)
    END AS cumulative_share_2,
    CASE
      WHEN c.ranked_by_3 IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start
          ORDER BY c.ranked_by_3 DESC NULLS LAST
        )
    END AS place
  FROM formulas AS c
)
SELECT
  c.period_start,
  'region' AS slicing,
  'all' AS segment,
  c.region,
  c.cumulative_share AS share_so_far,
  c.cumulative_share_2 AS known_share,
  c.place AS known_place
FROM formulas_2 AS c
ORDER BY c.region NULLS LAST, c.period_start;
