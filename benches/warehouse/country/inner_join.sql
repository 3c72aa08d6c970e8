-- inner join (needs to know that all match)
WITH months AS (
  SELECT 12 * year(ordered_at) + month(ordered_at) - 1 AS month, country, sum(amount) AS revenue
  FROM orders JOIN customers USING (customer_id)
  WHERE ordered_at >= DATE '2025-01-01' AND ordered_at < DATE '2027-01-01' GROUP BY 1, 2
)
SELECT make_date(month // 12, month % 12 + 1, 1) AS period_start, country, revenue FROM months
