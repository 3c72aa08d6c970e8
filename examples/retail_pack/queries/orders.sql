-- One row per invoice that sold something.
select
  invoice_no as order_id,
  max(customer_id) as customer_id,
  min(invoice_date) as ordered_at,
  min(country) as country,
  cast(sum(quantity * unit_price) as decimal(14,3)) as value
from retail.invoice_lines
where invoice_no not like 'C%'
  and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
  and quantity > 0
  and unit_price > 0
group by invoice_no
