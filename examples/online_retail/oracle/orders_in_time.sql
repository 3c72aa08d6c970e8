-- Each order looks for the same customer's order before it, and for one within 30 days behind it, in any country.
-- What happens after 7 December 2011 is not known.
with
  orders as (
    select invoice_no, customer_id, min(country) as country, min(invoice_date) as at
    from retail.invoice_lines
    where customer_id is not null and invoice_no not like 'C%' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and quantity > 0 and unit_price > 0
    group by all having min(invoice_date) < '2011-12-08'
  ),
  looked as (
    select o.country, date_trunc('month', o.at)::date as month,
      epoch(o.at - (select max(b.at) from orders b where b.customer_id = o.customer_id and b.at < o.at)) as since,
      exists (
        select 1 from orders n where n.customer_id = o.customer_id and n.at > o.at and n.at < o.at + interval 30 day
      ) as is_followed
    from orders o where o.country in ('France', 'Germany', 'EIRE')
  ),
  slices as (select 'total' as slicing, null as of_country, * from looked union all select 'country', country, * from looked),
  months as (select unnest(generate_series(date '2010-12-01', date '2011-12-01', interval 1 month))::date as month)
select m.month as period_start, c.slicing, 'all' as segment, c.of_country as country, avg(since) as time_between_orders,
  count(*) filter (where is_followed) / nullif(count(s.month), 0) as followed_rate
from months m cross join (select distinct slicing, of_country from slices) c
left join slices s on s.month = m.month and s.slicing = c.slicing and s.of_country is not distinct from c.of_country
group by m.month, c.slicing, c.of_country
order by c.slicing = 'country', c.of_country, m.month
