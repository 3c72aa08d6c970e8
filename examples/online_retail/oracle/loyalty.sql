-- Orders in the order of each customer, each with the two that follow. An order younger than 90 days at the end of
-- 9 December may still be followed by others, and is not counted at all.
with
  orders as (
    select invoice_no, customer_id, min(invoice_date) as ordered_at
    from retail.invoice_lines
    where customer_id is not null and left(invoice_no, 1) <> 'C' and quantity > 0 and unit_price > 0
      and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and invoice_date < '2011-12-10'
    group by all
  ),
  followed as (
    select *, date_trunc('month', ordered_at)::date as month,
      lead(ordered_at) over in_order < ordered_at + interval 90 day as has_second,
      lead(ordered_at, 2) over in_order < ordered_at + interval 90 day as has_third
    from orders
    window in_order as (partition by customer_id order by ordered_at, invoice_no)
  ),
  reached as (
    select
      month, count(distinct customer_id) as first, count(distinct customer_id) filter (where has_second) as second,
      count(distinct customer_id) filter (where has_third) as third
    from followed
    where ordered_at < date '2011-12-10' - interval 90 day
    group by month
  ),
  entries as (
    select customer_id, date_trunc('month', min(ordered_at))::date as month, min(ordered_at)::date as entered, max(ordered_at)::date as last
    from orders group by customer_id
  ),
  returned as (
    select
      month,
      case when max(entered) + 2 <= date '2011-12-10' then count(*) filter (where last > entered) / count(*) end as back_ever
    from entries group by month
  ),
  months as (select unnest(generate_series(date '2010-12-01', date '2011-12-01', interval 1 month))::date as month)
select
  month as period_start, 'total' as slicing, 'all' as segment, back_ever,
  second / first as second_order_rate, third / first as third_order_rate
from months left join returned using (month) left join reached using (month)
order by month
