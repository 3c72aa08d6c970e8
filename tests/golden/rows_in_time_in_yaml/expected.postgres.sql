WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sum(
      CAST(EXTRACT(epoch FROM CAST(sales.day AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
        before.day AS TIMESTAMP
      )) AS DOUBLE PRECISION)
    ) AS days_between_sum,
    count(
      CAST(EXTRACT(epoch FROM CAST(sales.day AS TIMESTAMP)) - EXTRACT(epoch FROM CAST(
        before.day AS TIMESTAMP
      )) AS DOUBLE PRECISION)
    ) AS days_between_count,
    sum(sales.qty * price.price) AS value
  FROM sales
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
          sales.sku AS kpic_value_1,
          sales.day AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM sales
        WHERE sales.sku IS NOT NULL
          AND sales.day IS NOT NULL
        UNION ALL
        SELECT
          sales.sku AS kpic_value_1,
          sales.day AS kpic_at,
          1 AS kpic_counts
        FROM sales
        WHERE sales.sku IS NOT NULL
          AND sales.day IS NOT NULL
          AND NOT COALESCE(sales.returned, FALSE)
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS before_number
    ON before_number.kpic_value_1 = sales.sku
    AND before_number.kpic_at = sales.day
  LEFT JOIN (
    SELECT
      sales.*,
      sales.day AS kpic_at,
      row_number() OVER (PARTITION BY sales.sku ORDER BY sales.day DESC, sales.sale_id) AS kpic_number
    FROM sales
    WHERE sales.sku IS NOT NULL
      AND sales.day IS NOT NULL
      AND NOT COALESCE(sales.returned, FALSE)
  ) AS before
    ON before.sku = sales.sku
    AND before.kpic_number = before_number.kpic_number + 1
    AND before.kpic_at > CAST(sales.day - INTERVAL '1 month' AS DATE)
  LEFT JOIN prices AS price
    ON price.sku = sales.sku
    AND sales.day >= price.starts
    AND (price.ends IS NULL OR sales.day < price.ends)
  WHERE sales.day >= DATE '2026-01-01'
    AND sales.day < DATE '2026-02-01'
  GROUP BY 1
),
-- sales: days_between, value by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.days_between_sum) AS DOUBLE PRECISION) / NULLIF(sum(i.days_between_count), 0) AS days_between,
    sum(i.value) AS value
  FROM sales_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    r1.days_between,
    COALESCE(r1.value, 0) AS value
  FROM spine AS p
  LEFT JOIN sales_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.days_between,
  c.value
FROM cells AS c
ORDER BY c.period_start;
