-- Three countries by quarter, each of them and all three together.
with
  sold as (
    select *, quantity * unit_price::decimal(12,3) as value, date_trunc('quarter', invoice_date)::date as quarter
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and left(invoice_no, 1) <> 'C'
      and quantity > 0 and unit_price > 0
  ),
  invoices as (
    select invoice_no, quarter, max(customer_id) as customer, min(invoice_date) as at, min(country) as country,
      sum(value) as value, sum(quantity) as units
    from sold group by 1, 2
  ),
  told as (
    select *, exists (select 1 from invoices b where b.customer = i.customer and b.at < i.at) as is_repeat
    from invoices i
  )
select
  quarter as period_start, case when grouping(country) = 1 then 'total' else 'country' end as slicing,
  'all' as segment, country, count(*) as orders, sum(value)::double / count(*) as aov,
  count(*) filter (where is_repeat)::double / count(*) as repeat_order_rate,
  sum(units)::double / count(*) as units_per_order
from told
where country in ('France', 'Germany', 'EIRE') and quarter >= date '2011-01-01'
group by grouping sets ((quarter), (quarter, country))
order by grouping(country) desc, country, quarter
