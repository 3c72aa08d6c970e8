-- What a product cost on the days on which it was sold: its highest price of the day.
select
  cast(invoice_date as date) as day,
  stock_code,
  max(unit_price) as price
from retail.invoice_lines
where invoice_no not like 'C%'
  and stock_code not in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'B')
  and quantity > 0
  and unit_price > 0
group by cast(invoice_date as date), stock_code
