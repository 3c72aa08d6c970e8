-- Each customer with a line within three months, by what was spent in the month, else in the three months. Lines of
-- nobody have no band and count nobody.
with
  lines as (
    select customer_id, invoice_date::date as day,
      case when stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and invoice_no not like 'C%' and quantity > 0 and unit_price > 0
        then quantity * unit_price else 0 end as value
    from retail.invoice_lines
  ),
  months as (select unnest(generate_series(date '2011-02-01', date '2011-04-01', interval 1 month))::date as month),
  of_each as (
    select month, customer_id, coalesce(sum(value) filter (where day >= month), 0) as own, sum(value) as three
    from months join lines on day >= month - interval 2 month and day < month + interval 1 month
    where customer_id is not null
    group by all
  ),
  banded as (
    select month, case when own >= 2000 then 'heavy' when three >= 2000 then 'medium' else 'light' end as band, count(*) as n
    from of_each group by all
  )
select m.month as period_start, 'spending' as slicing, 'all' as segment, b.band as spending, coalesce(n, 0) as customers_of_a_band
from months m cross join (values ('heavy'), ('light'), ('medium'), (null)) b(band)
left join banded d on d.month = m.month and d.band = b.band
order by b.band nulls last, m.month
