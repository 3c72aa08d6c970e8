-- left join, date_trunc of each row
SELECT CAST(date_trunc('month', ordered_at) AS DATE) AS period_start, country, sum(amount) AS revenue
FROM orders LEFT JOIN customers USING (customer_id)
WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1, 2
