-- One row per invoice first: an invoice has one country, one customer and one month.
with
  invoices as (
    select
      invoice_no, country, customer_id, date_trunc('month', min(invoice_date))::date as month,
      left(invoice_no, 1) = 'C' as is_credit,
      sum(quantity * unit_price) filter (where left(invoice_no, 1) = 'C' or (quantity > 0 and unit_price > 0)) as value,
      sum(quantity) filter (where quantity > 0 and unit_price > 0) as items,
      count(*) filter (where quantity > 0 and unit_price > 0) as lines
    from retail.invoice_lines
    where stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
    group by invoice_no, country, customer_id
  ),
  shown as (
    select 'total' as slicing, null as country, * exclude (country) from invoices
    union all by name
    select 'country' as slicing, * from invoices
  ),
  numbers as (
    select
      month, slicing, country,
      coalesce(sum(value), 0) as revenue,
      sum(value) filter (where not is_credit) as gross,
      sum(-value) filter (where is_credit) as credited,
      count(*) filter (where lines > 0) as orders,
      sum(items) as items,
      count(distinct customer_id) filter (where lines > 0) as customers,
      sum(value) filter (where customer_id is not null) as known,
      sum(value) filter (where not is_credit and customer_id is null) as anonymous
    from shown group by month, slicing, country
  ),
  months as (select unnest(generate_series(date '2010-12-01', date '2011-12-01', interval 1 month))::date as month),
  -- every country of the ledger, fees and stock movements included
  members as (
    select 'total' as slicing, null as country
    union all select distinct 'country', country from retail.invoice_lines
  )
select
  months.month as period_start, members.slicing, 'all' as segment, members.country,
  coalesce(n.revenue, 0) as revenue, coalesce(n.orders, 0) as orders,
  n.gross::double / nullif(n.orders, 0) as average_order_value,
  n.items / nullif(n.orders, 0) as items_per_order,
  coalesce(n.customers, 0) as customers,
  coalesce(n.known, 0)::double / nullif(n.customers, 0) as revenue_per_customer,
  coalesce(n.credited, 0)::double / nullif(n.gross, 0) as return_rate,
  coalesce(n.anonymous, 0)::double / nullif(n.gross, 0) as anonymous_share,
  coalesce(n.revenue, 0)::double / nullif(t.revenue, 0) as country_share
from months
cross join members
left join numbers n
  on n.month = months.month and n.slicing = members.slicing and n.country is not distinct from members.country
left join numbers t on t.month = months.month and t.slicing = 'total'
order by members.slicing <> 'total', members.country nulls last, months.month
