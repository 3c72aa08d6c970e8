-- One row per product of an invoice: the ledger may name it on several lines.
select
  invoice_no,
  stock_code as line_id,
  stock_code,
  sum(quantity) as quantity,
  cast(sum(quantity * unit_price) as decimal(14,3)) as value
from retail.invoice_lines
where invoice_no not like 'C%'
  and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
  and quantity > 0
  and unit_price > 0
group by invoice_no, stock_code
