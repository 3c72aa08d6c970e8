-- The correlation, written out over the lines of each quarter.
with
  sales as (
    select country, date_trunc('quarter', invoice_date)::date as quarter, unit_price::double as x, quantity::double as y
    from retail.invoice_lines
    where invoice_no not like 'C%' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and quantity > 0 and unit_price > 0
      and country in ('France', 'Germany', 'EIRE')
  ),
  slices as (select 'total' as slicing, null as of_country, * from sales union all select 'country', country, * from sales),
  means as (select *, avg(x) over w as mx, avg(y) over w as my from slices window w as (partition by slicing, of_country, quarter))
select quarter as period_start, slicing, 'all' as segment, of_country as country,
  sum((x - mx) * (y - my)) / sqrt(sum((x - mx) * (x - mx)) * sum((y - my) * (y - my))) as price_and_quantity
from means group by quarter, slicing, of_country
order by slicing = 'country', of_country, quarter
