-- What should always hold, month by month: items by order, and credits against a tenth of the sales.
with
  charged as (
    select *, quantity * unit_price as value, date_trunc('month', invoice_date)::date as month
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
  ),
  sales as (
    select month, sum(value) as gross, count(distinct invoice_no) as orders, sum(quantity) as items
    from charged where left(invoice_no, 1) <> 'C' and quantity > 0 and unit_price > 0 group by month
  ),
  credits as (select month, -sum(value) as value from charged where left(invoice_no, 1) = 'C' group by month)
select
  month as period_start, 'total' as slicing, 'all' as segment,
  items / orders as items_per_order, value as credited, gross as gross_revenue,
  (items >= orders)::integer as orders_hold_articles, (10 * value < gross)::integer as credits_are_few
from sales join credits using (month) where month between '2011-01-01' and '2011-11-01'
order by period_start
