-- One row per invoice that sold something to a customer who is known.
select
  invoice_no,
  customer_id,
  min(country) as country,
  min(invoice_date) as ordered_at,
  cast(sum(quantity * unit_price) as decimal(14,3)) as value
from retail.invoice_lines
where customer_id is not null
  and invoice_no not like 'C%'
  and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
  and quantity > 0
  and unit_price > 0
group by invoice_no, customer_id
