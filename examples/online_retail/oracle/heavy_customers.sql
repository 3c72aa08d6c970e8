-- A customer is heavy by all that was bought in the month, in whichever country.
with
  sales as (
    select customer_id, country, date_trunc('month', invoice_date)::date as month, quantity * unit_price as value
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and invoice_no not like 'C%' and quantity > 0 and unit_price > 0
      and invoice_date >= '2011-02-01' and invoice_date < '2011-06-01'
  ),
  heavy as (select month, customer_id from sales where customer_id is not null group by all having sum(value) >= 2000),
  asked as (select *, (month, customer_id) in (select (month, customer_id) from heavy) as is_heavy from sales where country in ('France', 'Germany', 'EIRE')),
  slices as (select 'total' as slicing, null as of_country, * from asked union all select 'country', country, * from asked)
select month as period_start, slicing, 'all' as segment, of_country as country,
  coalesce(sum(value) filter (where is_heavy), 0)::double / sum(value) as heavy_share
from slices
group by month, slicing, of_country
order by slicing = 'country', of_country, month
