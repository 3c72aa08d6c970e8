-- Each segment is a copy of the lines in it; then one plain aggregation over segment and slice.
with
  lines as (
    select
      *, quantity * unit_price as value, date_trunc('quarter', invoice_date)::date as quarter,
      case
        when stock_code in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') then 'fee'
        when left(invoice_no, 1) = 'C' then 'credit'
        when quantity > 0 and unit_price > 0 then 'sale'
        else 'stock'
      end as kind
    from retail.invoice_lines
    where invoice_date >= '2011-01-01'
  ),
  segments as (
    select 1 as nr, 'united_kingdom' as segment, * from lines where country = 'United Kingdom'
    union all select 2, 'abroad', * from lines where country is distinct from 'United Kingdom'
    union all select 3, 'identified', * from lines where customer_id is not null
    union all select 4, 'anonymous', * from lines where customer_id is null
    union all select 5, 'all', * from lines
  ),
  numbers as (
    select
      nr, quarter, grouping(country) = 1 as is_total, country,
      sum(value) filter (where kind in ('sale', 'credit')) as revenue,
      sum(value) filter (where kind = 'sale') as gross,
      count(distinct invoice_no) filter (where kind = 'sale') as orders,
      count(distinct customer_id) filter (where kind = 'sale') as customers,
      -sum(value) filter (where kind = 'credit') as credited,
      median(value::double) filter (where kind = 'sale') as median_line
    from segments group by grouping sets ((nr, quarter), (nr, quarter, country))
  ),
  cells as (
    select *
    from (values (1, 'united_kingdom'), (2, 'abroad'), (3, 'identified'), (4, 'anonymous'), (5, 'all')) s(nr, segment)
    cross join (select distinct quarter from lines)
    cross join (select true as is_total, null as country union all select distinct false, country from lines)
  )
select
  c.quarter as period_start, case when c.is_total then 'total' else 'country' end as slicing, c.segment, c.country,
  coalesce(n.revenue, 0) as revenue, coalesce(n.orders, 0) as orders, coalesce(n.customers, 0) as customers,
  n.gross::double / nullif(n.orders, 0) as average_order_value,
  coalesce(n.credited, 0)::double / nullif(n.gross, 0) as return_rate,
  n.median_line
from cells c
left join numbers n
  on n.nr = c.nr and n.quarter = c.quarter and n.is_total = c.is_total and n.country is not distinct from c.country
order by c.nr, not c.is_total, c.country nulls last, c.quarter
