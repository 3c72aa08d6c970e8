-- Around Easter 2011: closed from Good Friday, 22 April, to Easter Monday, and on the first of May. Only the first
-- day without a sale shows the day before it.
with sold as (
  select distinct invoice_date::date as day, stock_code
  from retail.invoice_lines
  where invoice_no not like 'C%' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and quantity > 0 and unit_price > 0
)
select d::date as period_start, 'total' as slicing, 'all' as segment,
  (select count(distinct stock_code) from sold where day <= d) as products_listed,
  coalesce(
    (select nullif(count(*), 0) from sold where day = d::date),
    (select nullif(count(*), 0) from sold where day = d::date - 1)
  ) as products_of_a_day
from generate_series(timestamp '2011-04-18', timestamp '2011-05-03', interval 1 day) s(d)
order by 1
