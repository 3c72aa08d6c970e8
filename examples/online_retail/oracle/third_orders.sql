-- Of each customer of a country and quarter the first order there from which a third one is reached within 90 days,
-- and how long that takes: the time in the middle.
with
  orders as (
    select invoice_no, customer_id, min(country) as country, min(invoice_date) as ordered
    from retail.invoice_lines
    where customer_id is not null and invoice_no not like 'C%' and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and quantity > 0 and unit_price > 0
    group by all
  ),
  placed as (
    select *, lead(ordered, 2) over (partition by customer_id order by ordered, invoice_no) as third from orders
  ),
  ways as (
    select country, customer_id, date_trunc('quarter', ordered)::date as quarter, ordered, epoch(third - ordered) as time
    from placed
    where third < ordered + interval 90 day and ordered < timestamp '2011-12-10' - interval 90 day and country in ('United Kingdom', 'Germany')
  ),
  slices as (select 'total' as slicing, null as of_country, * from ways union all select 'country', country, * from ways),
  first_ways as (
    select slicing, of_country, quarter, customer_id, arg_min(time, ordered) as time from slices group by all
  ),
  quarters as (select unnest(generate_series(date '2010-10-01', date '2011-10-01', interval 3 month))::date as quarter)
select q.quarter as period_start, c.slicing, 'all' as segment, c.of_country as country, median(time) as time_to_third_order
from quarters q cross join (select distinct slicing, of_country from slices) c
left join first_ways f on f.quarter = q.quarter and f.slicing = c.slicing and f.of_country is not distinct from c.of_country
group by q.quarter, c.slicing, c.of_country
order by c.slicing = 'country', c.of_country, q.quarter
