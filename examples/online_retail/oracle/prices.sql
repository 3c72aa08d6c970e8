-- Each product's last price before the period ends, or before 5 December 2011, after which nothing is known; the
-- products of the last day with a sale; and those of each day, Friday's standing for Saturday's, for the mean.
with
  sold as (
    select invoice_date::date as day, stock_code, max(unit_price) as price
    from retail.invoice_lines
    where invoice_no not like 'C%' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and quantity > 0 and unit_price > 0 and invoice_date < '2011-12-05'
    group by all
  ),
  months as (
    select m::date as month, least(m + interval 1 month, timestamp '2011-12-05')::date as after
    from generate_series(timestamp '2011-09-01', timestamp '2011-12-01', interval 1 month) s(m)
  ),
  last_prices as (
    select month, stock_code, arg_max(price, day) as price from months join sold on day < after group by all
  ),
  days as (select month, unnest(generate_series(month, after - 1, interval 1 day))::date as day from months),
  of_days as (
    select month, d.day, case when count(stock_code) filter (where s.day = d.day) > 0
      then count(stock_code) filter (where s.day = d.day) else nullif(count(stock_code), 0) end as n
    from days d left join sold s on s.day between d.day - 1 and d.day
    group by all
  )
select month as period_start, 'total' as slicing, 'all' as segment,
  (select count(*) from last_prices l where l.month = m.month) as products_listed,
  (select sum(price) from last_prices l where l.month = m.month) as price_of_one_each,
  (select count(*) from sold where day = (select max(day) from sold where day < m.after)) as products_of_a_day,
  (select avg(n) from of_days d where d.month = m.month) as products_on_average
from months m
order by 1
