-- Every number by looking at its own stretch of days, once for each month and segment. Nothing after 20 November
-- is read, so November is compared with the first 20 days of October, and nothing is known of December.
with
  lines as (
    select *, quantity * unit_price as value, left(invoice_no, 1) <> 'C' as is_sale
    from retail.invoice_lines
    where invoice_date < '2011-11-21' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and (left(invoice_no, 1) = 'C' or (quantity > 0 and unit_price > 0))
  ),
  segments as (
    select 1 as nr, 'united_kingdom' as segment, * from lines where country = 'United Kingdom'
    union all select 2, 'abroad', * from lines where country is distinct from 'United Kingdom'
    union all select 3, 'all', * from lines
  ),
  months as (
    select
      month::date as month, (month + interval 1 month)::date as finish, (month - interval 1 month)::date as before,
      case when month = '2011-11-01' then date '2011-10-21' else month::date end as before_end
    from unnest(generate_series(date '2011-01-01', date '2011-11-01', interval 1 month)) t(month)
  ),
  cells as (select * from months cross join (select distinct nr, segment from segments)),
  sums as (
    select
      month, c.nr,
      sum(value) filter (where invoice_date >= month and invoice_date < finish) as revenue,
      sum(value) filter (where invoice_date >= before and invoice_date < before_end) as revenue_before,
      sum(value) filter (where invoice_date >= finish - interval 28 day and invoice_date < finish) as revenue_28d,
      sum(value) filter (where invoice_date >= '2011-01-01' and invoice_date < finish) as revenue_so_far,
      count(distinct customer_id) filter (where is_sale and invoice_date >= finish - interval 28 day and invoice_date < finish) as customers_28d,
      count(distinct customer_id) filter (where is_sale and invoice_date < finish) as customers_ever
    from cells c join segments l on l.nr = c.nr
    group by all
  ),
  of_three_months as (
    select month, c.nr, customer_id, count(distinct invoice_no) as orders
    from cells c join segments l on l.nr = c.nr and is_sale and customer_id is not null
      and invoice_date >= finish - interval 3 month and invoice_date < finish
    group by all
  ),
  repeats as (
    select month, nr, count(*) filter (where orders >= 2) / count(*) as repurchase_rate from of_three_months group by all
  )
select *
from (
  select
    month as period_start, 'total' as slicing, segment, revenue::double / revenue_before - 1 as revenue_growth, revenue_28d,
    customers_28d, revenue_so_far, customers_ever, repurchase_rate
  from cells left join sums using (month, nr) left join repeats using (month, nr)
  union all
  select date '2011-12-01', 'total', segment, null, null, null, null, null, null
  from (select distinct nr, segment from segments)
)
order by case segment when 'united_kingdom' then 1 when 'abroad' then 2 else 3 end, period_start
