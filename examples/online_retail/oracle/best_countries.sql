-- The three countries with most revenue in the half year, and everything else as one more country.
with
  lines as (
    select date_trunc('month', invoice_date)::date as month, country, customer_id, quantity * unit_price as value,
      case
        when stock_code in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') then 'fee'
        when invoice_no[1] = 'C' then 'credit'
        when quantity > 0 and unit_price > 0 then 'sale'
        else 'stock'
      end as kind
    from retail.invoice_lines where invoice_date >= '2011-01-01' and invoice_date < '2011-07-01'
  ),
  of_all as (
    select country, sum(value) as revenue from lines where kind in ('sale', 'credit') group by country order by revenue desc
  ),
  best as (select country, row_number() over (order by revenue desc) as place from of_all limit 3),
  told as (
    select month, 'total' as slicing, null as country, null as is_others, 0 as place, customer_id, kind, value from lines
    union all
    select month, 'country', country, false, place, customer_id, kind, value from lines join best using (country)
    union all
    select month, 'country', null, true, 4, customer_id, kind, value from lines where country not in (select country from best)
  )
select month as period_start, slicing, 'all' as segment, country, is_others,
  sum(value) filter (where kind in ('sale', 'credit')) as revenue,
  count(distinct customer_id) filter (where kind = 'sale') as customers,
  coalesce(-sum(value) filter (where kind = 'credit'), 0)::double / sum(value) filter (where kind = 'sale') as return_rate,
  revenue::double / max(sum(value) filter (where slicing = 'total' and kind in ('sale', 'credit'))) over (partition by month) as country_share
from told group by month, slicing, country, is_others, place
order by place, month
