select * from (values
  (date '2026-01-01', 'total', 'all', 200.00, 3, 200 / 3.0, 1.5, 1 / 3.0, 20 / 220.0, 0.425, 8 / 3.0, 0.75, 2 / 3.0),
  (date '2026-02-01', 'total', 'all', 150.00, 3, 50.0, 1.5, 1 / 3.0, 0.0625, 0.55, 3.0, 0.75, 0.5)
) t(period_start, slicing, segment, revenue, orders, aov, orders_per_buyer, repeat_order_rate, discount_rate,
  gross_margin_rate, units_per_order, ecommerce_conversion_rate, cart_abandonment_rate)
