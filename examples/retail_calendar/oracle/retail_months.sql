-- Retail months of four, four and five weeks; the year 2011 begins on 30 January, since its Saturday nearest the end of
-- January is the 29th. The last month is known for 26 days, and compared with as many of the one before.
with
  periods(first, weeks, quarter) as (values
    (date '2010-12-26', 5, date '2010-10-31'),
    ('2011-01-30', 4, '2011-01-30'), ('2011-02-27', 4, '2011-01-30'), ('2011-03-27', 5, '2011-01-30'),
    ('2011-05-01', 4, '2011-05-01'), ('2011-05-29', 4, '2011-05-01'), ('2011-06-26', 5, '2011-05-01'),
    ('2011-07-31', 4, '2011-07-31'), ('2011-08-28', 4, '2011-07-31'), ('2011-09-25', 5, '2011-07-31')
  ),
  lines as (
    select invoice_date::date as day, invoice_no, customer_id, quantity * unit_price as value
    from retail.invoice_lines
    where quantity > 0 and unit_price > 0 and invoice_no[1] <> 'C'
      and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and invoice_date < '2011-10-21'
  ),
  months as (
    select first, quarter, first + (7 * weeks)::int as next, lag(first) over (order by first) as before,
      least(first + (7 * weeks)::int, date '2011-10-21') - first as known
    from periods
  ),
  sums as (
    select first, m.before is not null as is_asked,
      (select sum(value) from lines where day >= first and day < next) as sold,
      (select count(distinct invoice_no) from lines where day >= first and day < next) as orders,
      (
        select sum(value) from lines
        where day >= before and day < case when next > date '2011-10-21' then least(before + known::int, first) else first end
      ) as earlier,
      (select sum(value) from lines where day >= quarter and day < next) as so_far
    from months m
  )
select first as period_start, 'total' as slicing, 'all' as segment,
  sold, sold::double / orders as order_value, sold::double / earlier - 1 as growth, so_far as sold_so_far,
  false as sold_suppressed, false as order_value_suppressed, false as growth_suppressed, false as sold_so_far_suppressed
from sums where is_asked
order by first
