-- Each month looks for its own rows, in the plainest way.
with
  lines as (
    select invoice_no, customer_id, invoice_date::date as day, quantity * unit_price as value,
      left(invoice_no, 1) <> 'C' and quantity > 0 and unit_price > 0 as is_sale,
      left(invoice_no, 1) = 'C' as is_credit
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
  ),
  months as (
    select d::date as first, (d + interval 1 month)::date as after
    from generate_series(timestamp '2010-12-01', timestamp '2011-12-01', interval 1 month) as s(d)
  ),
  revenue as (
    select date_trunc('month', day)::date as first, sum(value) as value
    from lines where is_sale or is_credit group by 1
  ),
  before as (
    select m.first,
      (select value from revenue r where r.first = m.first) as own,
      (select value from revenue r where r.first = m.first - interval 1 month) as previous
    from months m
  ),
  buyers as (
    select m.first, l.customer_id, count(distinct l.invoice_no) as orders
    from months m join lines l on l.is_sale and l.day >= m.after - interval 3 month and l.day < m.after
    where l.customer_id is not null
    group by 1, 2
  ),
  again as (
    select first, count(*) filter (where orders >= 2) as twice, count(*) as all_of_them from buyers group by 1
  ),
  best as (
    select first, max(value) as value
    from (
      select date_trunc('month', day)::date as first, customer_id, sum(value) filter (where is_sale or is_credit) as value
      from lines where customer_id is not null group by 1, 2
    )
    group by 1
  )
select
  m.first as period_start, 'total' as slicing, 'all' as segment,
  b.own::double / b.previous - 1 as revenue_growth,
  (select sum(value) from lines where (is_sale or is_credit) and day >= m.after - 28 and day < m.after) as revenue_28d,
  (select count(distinct customer_id) from lines where is_sale and day >= m.after - 28 and day < m.after) as customers_28d,
  (select sum(value) from lines where (is_sale or is_credit) and year(day) = year(m.first) and day < m.after) as revenue_so_far,
  (select count(distinct customer_id) from lines where is_sale and day < m.after) as customers_ever,
  a.twice::double / a.all_of_them as repurchase_rate,
  x.value as best_customer
from months m
join before b using (first)
join again a using (first)
join best x using (first)
order by m.first
