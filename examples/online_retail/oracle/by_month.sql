-- Sales and credit notes as two tables of their own; everything is counted from them.
with
  charged as (
    select *, quantity * unit_price as value, date_trunc('month', invoice_date)::date as month
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
  ),
  sold as (select * from charged where left(invoice_no, 1) <> 'C' and quantity > 0 and unit_price > 0),
  sales as (
    select
      month, sum(value) as gross, count(distinct invoice_no) as orders, sum(quantity) as items, count(*) as lines,
      median(value::double) as median_line, count(distinct customer_id) as customers,
      sum(value) filter (where customer_id is not null) as known_value,
      coalesce(sum(value) filter (where customer_id is null), 0) as unknown_value,
      count(distinct invoice_no) filter (where customer_id is not null) as known_orders,
      count(distinct stock_code) as products
    from sold group by month
  ),
  credits as (
    select month, sum(value) as value, sum(value) filter (where customer_id is not null) as known_value
    from charged where left(invoice_no, 1) = 'C' group by month
  )
select
  month as period_start, 'total' as slicing, 'all' as segment,
  gross + c.value as revenue, gross as gross_revenue, -c.value as credited, orders,
  gross::double / orders as average_order_value, items, items / orders as items_per_order,
  lines / orders as lines_per_order, gross::double / items as average_price, median_line, customers,
  (s.known_value + c.known_value)::double / customers as revenue_per_customer,
  known_orders / customers as orders_per_customer, -c.value::double / gross as return_rate,
  unknown_value::double / gross as anonymous_share, products as products_sold
from sales s join credits c using (month)
order by month
