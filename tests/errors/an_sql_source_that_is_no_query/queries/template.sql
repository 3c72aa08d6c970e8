select * from shop.orders where status = {{ unknown }}
