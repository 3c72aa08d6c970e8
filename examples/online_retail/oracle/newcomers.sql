-- Customers by the day of their first order. Those of November and December have not been there for 60 days by
-- 7 December 2011, those of December not for eight.
with
  orders as (
    select invoice_no, customer_id, min(invoice_date)::date as day, sum(quantity * unit_price) as value
    from retail.invoice_lines
    where customer_id is not null and invoice_no not like 'C%' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and quantity > 0 and unit_price > 0
    group by invoice_no, customer_id having min(invoice_date) < '2011-12-08'
  ),
  customers as (select customer_id, min(day) as day_0 from orders group by 1),
  of_each as (
    select customer_id, day_0, count(*) filter (where day = day_0 + 7) > 0 as is_back,
      sum(value) filter (where day < day_0 + 60) as worth
    from customers join orders using (customer_id) group by all
  )
select date_trunc('month', day_0)::date as period_start, 'total' as slicing, 'all' as segment,
  case when max(day_0) + 8 <= '2011-12-08' then avg(is_back::int) end as back_on_day_7,
  case when max(day_0) + 60 <= '2011-12-08' then sum(worth)::double / count(*) end as worth_of_60_days
from of_each group by 1 order by 1
