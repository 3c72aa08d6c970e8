-- A country's place is one more than the number of countries with more revenue; its share is that of the countries
-- that sold as much or more. Countries without a line in a quarter have neither.
with
  lines as (
    select date_trunc('quarter', invoice_date)::date as quarter, country, quantity * unit_price as value,
      stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and invoice_no not like 'C%' and quantity > 0 and unit_price > 0 as is_sale,
      stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and invoice_no like 'C%' as is_credit
    from retail.invoice_lines where invoice_date >= '2011-01-01'
  ),
  sums as (
    select quarter, country, coalesce(sum(value) filter (where is_sale or is_credit), 0) as revenue,
      coalesce(sum(value) filter (where is_sale), 0) as gross
    from lines group by all
  ),
  told as (
    select quarter, country,
      (select count(*) + 1 from sums o where o.quarter = s.quarter and o.revenue > s.revenue) as place,
      (select sum(gross) filter (where o.gross >= s.gross)::double / sum(gross) from sums o where o.quarter = s.quarter) as share
    from sums s
  )
select q.quarter as period_start, 'country' as slicing, 'all' as segment, country, place as country_place, share as country_pareto
from (select distinct quarter from sums) q cross join (select distinct country from sums) c
left join told using (quarter, country)
order by country, quarter
