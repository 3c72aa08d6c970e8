-- Each sale against the highest price of the last day on which its product's highest price changed.
with
  sales as (
    select country, invoice_date::date as day, stock_code, quantity, unit_price
    from retail.invoice_lines
    where invoice_no not like 'C%' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and quantity > 0 and unit_price > 0
  ),
  highest as (select day, stock_code, max(unit_price) as price from sales group by all),
  changes as (
    select * from highest
    qualify price is distinct from lag(price) over (partition by stock_code order by day)
  ),
  listed as (
    select s.country, s.day, s.quantity * s.unit_price as value, s.quantity * c.price as list_value
    from sales s asof left join changes c on c.stock_code = s.stock_code and s.day >= c.day
    where s.country in ('France', 'Germany', 'EIRE')
  ),
  slices as (select 'total' as slicing, null as of_country, * from listed union all select 'country', country, * from listed),
  quarters as (select unnest(generate_series(date '2010-10-01', date '2011-10-01', interval 3 month))::date as quarter)
select quarter as period_start, c.slicing, 'all' as segment, c.of_country as country, 1 - sum(value)::double / sum(list_value) as discount
from quarters cross join (select distinct slicing, of_country from slices) c
left join slices s on s.slicing = c.slicing and s.of_country is not distinct from c.of_country
  and s.day >= quarter and s.day < quarter + interval 3 month
group by quarter, c.slicing, c.of_country
order by c.slicing = 'country', c.of_country, quarter
