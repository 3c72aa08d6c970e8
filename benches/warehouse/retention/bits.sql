-- a bit for each month of a customer
WITH bought AS (
  SELECT o.customer_id, bit_or(CAST(1 AS BIGINT) << (year(o.ordered_at) * 12 + month(o.ordered_at) - 24301)) AS bits
  FROM orders AS o JOIN customers AS c ON c.customer_id = o.customer_id AND CAST(o.ordered_at AS DATE) >= c.signed_up
  GROUP BY o.customer_id
),
entered AS (
  SELECT year(signed_up) * 12 + month(signed_up) - 24301 AS m, coalesce(bits, 0) AS bits, count(*) AS size
  FROM customers LEFT JOIN bought USING (customer_id) GROUP BY 1, 2
),
ages AS (SELECT CAST(age AS INTEGER) AS age FROM range(24) AS a(age)),
back AS (
  SELECT m, age, sum(size) AS size,
    sum(CASE WHEN m + age < 24 AND (bits >> least(m + age, 62)) & 1 = 1 THEN size ELSE 0 END) AS back
  FROM entered CROSS JOIN ages GROUP BY 1, 2
),
months AS (SELECT CAST(d AS DATE) AS period_start, year(d) * 12 + month(d) - 24301 AS m FROM generate_series(DATE '2025-01-01', DATE '2026-12-01', INTERVAL 1 MONTH) AS s(d))
SELECT period_start, CAST(ages.age AS BIGINT) AS age,
  CASE WHEN ages.age < 24 - months.m THEN CAST(back AS DOUBLE) / size END AS came_back
FROM months CROSS JOIN ages LEFT JOIN back ON back.m = months.m AND back.age = ages.age
