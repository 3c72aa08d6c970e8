-- the next time of each step, from one sort, step by step
WITH s AS (
  SELECT visitor_id, "at", event_id, name,
    min(CASE WHEN name = 'cart' THEN "at" END) OVER w AS cart,
    min(CASE WHEN name = 'checkout' THEN "at" END) OVER w AS checkout,
    min(CASE WHEN name = 'pay' THEN "at" END) OVER w AS pay
  FROM events WINDOW w AS (PARTITION BY visitor_id ORDER BY "at", event_id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
),
carts AS (SELECT v.visitor_id, v."at", c.checkout FROM s AS v LEFT JOIN s AS c
  ON v.cart < v."at" + INTERVAL 30 DAY AND c.visitor_id = v.visitor_id AND c."at" = v.cart AND c.name = 'cart' WHERE v.name = 'view'),
paths AS (SELECT v.visitor_id, v."at", p.pay FROM carts AS v LEFT JOIN s AS p
  ON v.checkout < v."at" + INTERVAL 30 DAY AND p.visitor_id = v.visitor_id AND p."at" = v.checkout AND p.name = 'checkout')
SELECT CAST(date_trunc('month', "at") AS DATE) AS period_start, count(DISTINCT visitor_id) AS viewed,
  count(DISTINCT CASE WHEN pay < "at" + INTERVAL 30 DAY THEN visitor_id END) AS paid
FROM paths GROUP BY 1
