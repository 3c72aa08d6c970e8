-- From one day with another price until the next, as a price list would say it.
with days as (
  select
    cast(invoice_date as date) as day,
    stock_code,
    max(unit_price) as price
  from retail.invoice_lines
  where invoice_no not like 'C%'
    and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
    and quantity > 0
    and unit_price > 0
  group by cast(invoice_date as date), stock_code
), changes as (
  select day, stock_code, price, lag(price) over (partition by stock_code order by day) as price_before
  from days
)
select
  stock_code,
  price as list_price,
  day as starts_on,
  lead(day) over (partition by stock_code order by day) as ends_on
from changes
where price_before is null or price <> price_before
