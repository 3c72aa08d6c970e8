-- Of a country with one to four customers nothing is shown; where that is one country alone, it would follow from the
-- total, and the one with the fewest customers of those that are left is hidden, too.
with
  lines as (
    select case when invoice_date < '2011-07-31' then date '2011-05-01' else date '2011-07-31' end as quarter,
      country, invoice_no, customer_id, quantity * unit_price as value
    from retail.invoice_lines
    where quantity > 0 and unit_price > 0 and invoice_no[1] <> 'C'
      and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
      and invoice_date >= '2011-05-01' and invoice_date < '2011-10-30'
      and country in ('Germany', 'France', 'EIRE', 'Belgium', 'Channel Islands')
  ),
  counted as (
    select quarter, country, sum(value) as sold, sum(value)::double / count(distinct invoice_no) as order_value,
      count(distinct customer_id) as customers
    from lines group by quarter, country
  ),
  few as (select *, customers between 1 and 4 as is_few from counted),
  next_one as (
    select *, count(*) filter (where is_few) over (partition by quarter) as hidden,
      row_number() over (partition by quarter order by is_few, customers, country) as place_of_shown
    from few
  ),
  told as (select *, is_few or (hidden = 1 and place_of_shown = 1) as is_hidden from next_one)
select * from (
  select quarter as period_start, 'total' as slicing, 'all' as segment, null as country,
    sum(value) as sold, sum(value)::double / count(distinct invoice_no) as order_value,
    false as sold_suppressed, false as order_value_suppressed
  from lines group by quarter
  union all
  select quarter, 'country', 'all', country,
    case when not is_hidden then sold end, case when not is_hidden then order_value end, is_hidden, is_hidden
  from told
)
order by slicing = 'country', country, period_start
