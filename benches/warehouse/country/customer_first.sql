-- by customer first, then left join
WITH months AS (
  SELECT 12 * year(ordered_at) + month(ordered_at) - 1 AS month, customer_id, sum(amount) AS revenue
  FROM orders WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1, 2
)
SELECT make_date(month // 12, month % 12 + 1, 1) AS period_start, country, sum(revenue) AS revenue
FROM months LEFT JOIN customers USING (customer_id) GROUP BY month, country
