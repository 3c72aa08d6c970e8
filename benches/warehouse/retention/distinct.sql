-- each customer and month once, joined to the entry
WITH entered AS (SELECT customer_id, signed_up, year(signed_up) * 12 + month(signed_up) AS m FROM customers),
bought AS (
  SELECT DISTINCT o.customer_id, year(o.ordered_at) * 12 + month(o.ordered_at) AS m
  FROM orders AS o JOIN customers AS c ON c.customer_id = o.customer_id AND CAST(o.ordered_at AS DATE) >= c.signed_up
),
sizes AS (SELECT m, count(*) AS size FROM entered GROUP BY m),
back AS (SELECT e.m, b.m - e.m AS age, count(*) AS back FROM bought AS b JOIN entered AS e USING (customer_id) GROUP BY 1, 2),
months AS (SELECT CAST(d AS DATE) AS period_start, year(d) * 12 + month(d) AS m FROM generate_series(DATE '2025-01-01', DATE '2026-12-01', INTERVAL 1 MONTH) AS s(d))
SELECT period_start, CAST(a.age AS BIGINT) AS age,
  CASE WHEN a.age < 2027 * 12 + 1 - months.m THEN CAST(coalesce(back, 0) AS DOUBLE) / size END AS came_back
FROM months CROSS JOIN range(24) AS a(age)
LEFT JOIN sizes ON sizes.m = months.m
LEFT JOIN back ON back.m = months.m AND back.age = a.age
