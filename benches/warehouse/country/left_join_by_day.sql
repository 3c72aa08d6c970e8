-- left join, by day first
WITH days AS (
  SELECT CAST(ordered_at AS DATE) AS day, country, sum(amount) AS revenue
  FROM orders LEFT JOIN customers USING (customer_id)
  WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1, 2
)
SELECT CAST(date_trunc('month', day) AS DATE) AS period_start, country, sum(revenue) AS revenue
FROM days GROUP BY 1, 2
