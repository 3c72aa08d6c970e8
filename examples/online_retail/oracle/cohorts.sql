-- Each customer's months since the first order, one by one; a month that is not over by the end of June says nothing.
with
  orders as (
    select invoice_no, customer_id, min(invoice_date) as ordered_at, sum(quantity * unit_price) as value
    from retail.invoice_lines
    where customer_id is not null and left(invoice_no, 1) <> 'C' and quantity > 0 and unit_price > 0
      and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B') and invoice_date < '2011-07-01'
    group by all
  ),
  entries as (select customer_id, date_trunc('month', min(ordered_at))::date as entered from orders group by all),
  ages as (select unnest(range(0, 6)) as age),
  months as (select unnest(generate_series(date '2011-01-01', date '2011-04-01', interval 1 month))::date as entered),
  cells as (select entered, age, (entered + to_months(age::integer))::date as then_month from months cross join ages),
  of_customers as (
    select
      c.entered, c.age, e.customer_id,
      count(*) filter (where date_trunc('month', ordered_at) = then_month) > 0 as came,
      coalesce(sum(value) filter (where date_trunc('month', ordered_at) <= then_month), 0) as spent
    from cells c join entries e on e.entered = c.entered join orders o on o.customer_id = e.customer_id
    group by all
  )
select
  c.entered as period_start, 'age' as slicing, 'all' as segment, c.age,
  case when then_month < '2011-07-01' then count(*) filter (where came) / count(*) end as back_in_month,
  case when then_month < '2011-07-01' then sum(spent)::double / count(*) end as worth_by_age
from cells c join of_customers using (entered, age)
group by c.entered, c.age, then_month
order by c.age, c.entered
