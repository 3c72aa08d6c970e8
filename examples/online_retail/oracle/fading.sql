-- A line is worth half as much for every 30 days that lie between its day and the last day that is known of the period.
-- The slope of orders over the hours with a line of any kind is written out: (n xy - x y) / (n xx - x x).
with
  lines as (
    select invoice_date::date as day, hour(invoice_date) as hour, country, invoice_no, quantity * unit_price as value,
      case
        when stock_code in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') then 'fee'
        when invoice_no[1] = 'C' then 'credit'
        when quantity > 0 and unit_price > 0 then 'sale'
        else 'stock'
      end as kind
    from retail.invoice_lines where country in ('France', 'Germany', 'EIRE') and invoice_date < '2011-12-06'
  ),
  slices as (
    select 'total' as slicing, null as place, * exclude (country) from lines
    union all select 'country', country, * exclude (country) from lines
  ),
  months as (
    select m::date as month, least((m + interval 1 month)::date, date '2011-12-06') - 1 as last
    from unnest(generate_series(date '2011-08-01', date '2011-12-01', interval 1 month)) t(m)
  ),
  worth as (
    select month, slicing, place, sum(value::double * pow(0.5, (last - day) / 30)) filter (where kind in ('sale', 'credit')) as worth
    from months join slices on day <= last group by all
  ),
  hours as (
    select month, slicing, place, hour::double as x, count(distinct invoice_no) filter (where kind = 'sale')::double as y
    from months join slices on day >= month and day <= last group by all
  ),
  slopes as (
    select month, slicing, place, (count(*) * sum(x * y) - sum(x) * sum(y)) / (count(*) * sum(x * x) - sum(x) * sum(x)) as slope
    from hours group by all
  )
select month as period_start, slicing, 'all' as segment, worth.place as country, worth as fading_revenue, slope as rush
from worth left join slopes using (month, slicing) where worth.place is not distinct from slopes.place
order by slicing = 'country', worth.place, month
