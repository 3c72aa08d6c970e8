delete from shop.orders
