-- Every order is a beginning whose 90 days are over on 9 December 2011. A second and a third one follow within them.
with
  orders as (
    select invoice_no, customer_id, min(invoice_date) as ordered
    from retail.invoice_lines
    where customer_id is not null and invoice_no not like 'C%' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and quantity > 0 and unit_price > 0
    group by all
  ),
  placed as (
    select customer_id, ordered, lead(ordered, 1) over w as second, lead(ordered, 2) over w as third
    from orders window w as (partition by customer_id order by ordered, invoice_no)
  ),
  over as (select date_trunc('quarter', ordered)::date as quarter, * from placed where ordered < timestamp '2011-12-10' - interval 90 day),
  counted as (
    select quarter, count(distinct customer_id) as first,
      count(distinct customer_id) filter (where second < ordered + interval 90 day) as second,
      count(distinct customer_id) filter (where third < ordered + interval 90 day) as third
    from over group by 1
  ),
  quarters as (select unnest(generate_series(date '2011-01-01', date '2011-10-01', interval 3 month))::date as quarter)
select quarter as period_start, 'loyalty.step' as slicing, 'all' as segment, step as "loyalty.step", n as steps_of_loyalty, rate as rates_of_loyalty
from quarters left join counted using (quarter),
lateral (values (1, 'first', first, null), (2, 'second', second, second / first), (3, 'third', third, third / second)) t(nr, step, n, rate)
order by nr, quarter
