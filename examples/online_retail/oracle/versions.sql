-- Until June a customer was active in the month itself, since July within three months. Nothing after 5 December
-- 2011 is known: of December five days, which are compared with those of November, and of what has settled all
-- until 21 November.
with
  lines as (
    select invoice_date::date as day, customer_id, quantity * unit_price as value, invoice_no not like 'C%' as is_sale
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and invoice_date < '2011-12-06'
      and (invoice_no like 'C%' or (quantity > 0 and unit_price > 0))
  ),
  months as (
    select m::date as month, (m + interval 1 month)::date as after, (m - interval 1 month)::date as before,
      m >= '2011-07-01' as is_new, m >= '2011-08-01' as was_new,
      case when m = '2011-12-01' then date '2011-11-06' else m::date end as before_after
    from generate_series(timestamp '2011-05-01', timestamp '2011-12-01', interval 1 month) s(m)
  ),
  counted as (
    select month,
      count(distinct customer_id) filter (where is_sale and day < after and day >= case when is_new then after - interval 3 month else month end) as active,
      count(distinct customer_id) filter (
        where is_sale and day < before_after and day >= case when was_new then month - interval 3 month else before end
      ) as active_before,
      sum(value) filter (where day >= month and day < after) as revenue,
      sum(value) filter (where day >= before and day < month) as revenue_before,
      -sum(value) filter (where not is_sale and day >= month and day < least(after, date '2011-11-22')) as credited,
      sum(value) filter (where is_sale and day >= month and day < least(after, date '2011-11-22')) as gross
    from months, lines group by 1
  )
select month as period_start, 'total' as slicing, 'all' as segment, active as active_customers,
  active / active_before - 1 as active_growth, credited::double / gross as settled_return_rate,
  revenue::double / revenue_before - 1 as growth_on_all_of_it
from counted order by 1
