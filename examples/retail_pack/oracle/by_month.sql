-- Straight from the ledger's lines; who bought before is asked of each order by itself.
with
  sold as (
    select *, quantity * unit_price::decimal(12,3) as value, date_trunc('month', invoice_date)::date as month
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and left(invoice_no, 1) <> 'C'
      and quantity > 0 and unit_price > 0
  ),
  invoices as (select invoice_no, max(customer_id) as customer, min(invoice_date) as at from sold group by 1),
  repeated as (
    select invoice_no from invoices i
    where exists (select 1 from invoices b where b.customer = i.customer and b.at < i.at)
  )
select
  month as period_start, 'total' as slicing, 'all' as segment,
  sum(value) as revenue, count(distinct invoice_no) as orders,
  sum(value)::double / count(distinct invoice_no) as aov,
  count(distinct invoice_no)::double / count(distinct customer_id) as orders_per_buyer,
  count(distinct case when invoice_no in (select invoice_no from repeated) then invoice_no end)::double
    / count(distinct invoice_no) as repeat_order_rate,
  sum(quantity)::double / count(distinct invoice_no) as units_per_order,
  sum(value)::double / sum(quantity) as revenue_per_unit
from sold
group by month
order by month
