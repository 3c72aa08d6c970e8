select period_start, 'total' as slicing, 'all' as segment, visit as visited, cart as filled, purchase as bought,
  cart / nullif(visit, 0) as visit_to_cart, purchase / nullif(cart, 0) as cart_to_purchase, purchase / nullif(visit, 0) as conversion
from (values (date '2026-01-01', 5, 3, 1), ('2026-02-01', 0, 0, 0)) t(period_start, visit, cart, purchase)
