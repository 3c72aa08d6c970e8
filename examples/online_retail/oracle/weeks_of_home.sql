-- Nothing after 30 November is read; weeks that start later are unknown. One country, so its share is all of it.
with
  lines as (
    select *, date_trunc('week', invoice_date)::date as week, quantity * unit_price as value
    from retail.invoice_lines
    where country = 'United Kingdom' and invoice_date < '2011-12-01'
      and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and (left(invoice_no, 1) = 'C' or (quantity > 0 and unit_price > 0))
  ),
  weeks as (select unnest(generate_series(date '2011-10-03', date '2011-12-26', interval 7 day))::date as week)
select
  week as period_start, 'total' as slicing, 'all' as segment, sum(value) as revenue,
  case when week < '2011-12-01' then count(distinct invoice_no) filter (where quantity > 0) end as orders,
  case when week < '2011-12-01' then count(distinct customer_id) filter (where quantity > 0) end as customers,
  case when week < '2011-12-01' then 1.0 end as country_share
from weeks left join lines using (week)
group by week
order by week
