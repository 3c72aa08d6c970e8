-- Each day looks for the rows of its own 28 days.
with
  lines as (
    select customer_id, country, invoice_date::date as day, quantity * unit_price as value,
      left(invoice_no, 1) <> 'C' and quantity > 0 and unit_price > 0 as is_sale,
      left(invoice_no, 1) = 'C' as is_credit
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and country in ('France', 'Germany')
  ),
  days as (select d::date as day from generate_series(timestamp '2011-11-25', timestamp '2011-12-09', interval 1 day) as s(d)),
  windows as (
    select d.day as period_start, l.country, l.customer_id, l.value, l.is_sale, l.is_credit
    from days d join lines l on l.day > d.day - 28 and l.day <= d.day
  )
select period_start, 'total' as slicing, 'all' as segment, null as country,
  sum(value) filter (where is_sale or is_credit) as revenue_28d,
  count(distinct customer_id) filter (where is_sale) as customers_28d
from windows group by period_start
union all
select period_start, 'country', 'all', country,
  sum(value) filter (where is_sale or is_credit),
  count(distinct customer_id) filter (where is_sale)
from windows group by period_start, country
order by slicing desc, country, period_start
