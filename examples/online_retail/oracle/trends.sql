-- Each month looks at itself and at six months before it; December, of which five days are known, at their
-- first five days. The line's slope and the deviation are written out.
with
  lines as (
    select country, invoice_date::date as day, quantity * unit_price as value
    from retail.invoice_lines
    where invoice_date < '2011-12-06' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and (left(invoice_no, 1) = 'C' or (quantity > 0 and unit_price > 0))
      and country in ('France', 'Germany', 'EIRE')
  ),
  slices as (
    select 'total' as slicing, null as country, day, value from lines
    union all select 'country', country, day, value from lines
  ),
  looked_at as (
    select
      m::date as month, back, (m - to_months(back::int))::date as first,
      (m - to_months(back::int) + case when m = '2011-12-01' then interval 5 day else interval 1 month end)::date as after
    from generate_series(timestamp '2011-06-01', timestamp '2011-12-01', interval 1 month) s(m), range(7) t(back)
  ),
  points as (
    select month, slicing, country, back, coalesce((
      select sum(value) from slices x
      where x.slicing = c.slicing and x.country is not distinct from c.country and day >= first and day < after
    ), 0)::double as y
    from looked_at, (select distinct slicing, country from slices) c
  ),
  slopes as (
    select month, slicing, country,
      (6 * sum(-back * y) - sum(-back) * sum(y)) / (6 * sum(back * back) - sum(back) * sum(back)) as slope
    from points where back < 6 group by all
  ),
  before as (
    select month, slicing, country, sum(y) / 6 as mean, sum(y * y) as squares from points where back > 0 group by all
  )
select s.month as period_start, s.slicing, 'all' as segment, s.country, slope as revenue_trend,
  (y - mean) / sqrt((squares - 6 * mean * mean) / 5) as revenue_anomaly
from slopes s
join before b on b.month = s.month and b.slicing = s.slicing and b.country is not distinct from s.country
join points p on p.month = s.month and p.slicing = s.slicing and p.country is not distinct from s.country and p.back = 0
order by s.slicing = 'country', s.country, s.month
