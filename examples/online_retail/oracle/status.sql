-- Numbers first, one row per month and country, and in total; then what was said of them. Known is the 9th of
-- December: nine of its 31 days have gone by.
with
  lines as (
    select *, date_trunc('month', invoice_date)::date as month, quantity * unit_price as value, left(invoice_no, 1) = 'C' as is_credit
    from retail.invoice_lines
    where invoice_date >= '2011-10-01' and invoice_date < '2011-12-10'
  ),
  charged as (
    select * from lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and (is_credit or (quantity > 0 and unit_price > 0))
  ),
  shown as (select 'country' as slicing, * from charged union all select 'total', * replace (null as country) from charged),
  sums as (
    select
      month, slicing, country, sum(value) as revenue, sum(value) filter (where not is_credit) as gross,
      coalesce(sum(-value) filter (where is_credit), 0) as credited,
      count(distinct invoice_no) filter (where not is_credit) as orders,
      count(distinct customer_id) filter (where not is_credit) as customers
    from shown group by all
  ),
  cells as (
    select *, if(month = '2011-12-01', 9 / 31, 1) as gone
    from (select unnest([date '2011-10-01', date '2011-11-01', date '2011-12-01']) as month)
    cross join (select 'total' as slicing, null as country union all select distinct 'country', country from lines)
  ),
  numbers as (
    select
      c.month, c.slicing, c.country, c.gone,
      coalesce(revenue, 0) as revenue, coalesce(customers, 0) as customers,
      gross::double / nullif(orders, 0) as value_of_order, credited::double / nullif(gross, 0) as rate
    from cells c
    left join sums s on s.month = c.month and s.slicing = c.slicing and s.country is not distinct from c.country
  ),
  aims as (
    select
      *,
      case when slicing = 'total' then 1000000 when country = 'Germany' then 25000 end as revenue_aim,
      case when slicing = 'total' then 1200 end as customers_aim,
      case when country = 'Germany' then 450 else 500 end as order_aim
    from numbers
  ),
  paces as (
    select
      *, revenue::double / (revenue_aim * gone) as revenue_pace, customers / (customers_aim * gone) as customers_pace,
      value_of_order / order_aim as order_pace
    from aims
  )
select
  month as period_start, slicing, 'all' as segment, country,
  revenue, revenue_aim as revenue_target, revenue::double / revenue_aim as revenue_attainment, revenue_pace as revenue_pacing,
  case
    when revenue_aim is null then 'no_target' when round(revenue_pace, 9) < 0.9 then 'off_track'
    when round(revenue_pace, 9) < 1 then 'at_risk' else 'on_track'
  end as revenue_status,
  revenue::double / gone as revenue_projected,
  customers, customers_aim as customers_target, customers / customers_aim as customers_attainment, customers_pace as customers_pacing,
  case
    when customers_aim is null then 'no_target' when round(customers_pace, 9) < 0.9 then 'off_track'
    when round(customers_pace, 9) < 1 then 'at_risk' else 'on_track'
  end as customers_status,
  -- whoever comes in the rest of December may have been there
  case when gone = 1 then customers end as customers_projected,
  value_of_order as average_order_value, order_aim as average_order_value_target, order_pace as average_order_value_attainment,
  order_pace as average_order_value_pacing,
  case
    when value_of_order is null then 'no_data' when round(order_pace, 9) < 0.9 then 'off_track'
    when round(order_pace, 9) < 1 then 'at_risk' else 'on_track'
  end as average_order_value_status,
  value_of_order as average_order_value_projected,
  rate as return_rate, 0.03::double as return_rate_target, 1 + (0.03::double - rate) / 0.03 as return_rate_attainment,
  1 + (0.03::double - rate) / 0.03 as return_rate_pacing,
  case
    when rate is null then 'no_data' when round(rate, 9) > 0.06 then 'off_track' when round(rate, 9) > 0.04 then 'at_risk' else 'on_track'
  end as return_rate_status,
  rate as return_rate_projected
from paces
order by slicing <> 'total', country nulls last, month
