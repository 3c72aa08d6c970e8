-- ASOF joins, step by step
WITH views AS (SELECT visitor_id, "at" FROM events WHERE name = 'view'),
carts AS (SELECT v.visitor_id, v."at", c."at" AS cart FROM views AS v ASOF LEFT JOIN (SELECT * FROM events WHERE name = 'cart') AS c
  ON c.visitor_id = v.visitor_id AND c."at" > v."at"),
checkouts AS (SELECT v.visitor_id, v."at", CASE WHEN v.cart < v."at" + INTERVAL 30 DAY THEN c."at" END AS checkout FROM carts AS v
  ASOF LEFT JOIN (SELECT * FROM events WHERE name = 'checkout') AS c ON c.visitor_id = v.visitor_id AND c."at" > v.cart),
pays AS (SELECT v.visitor_id, v."at", CASE WHEN v.checkout < v."at" + INTERVAL 30 DAY THEN c."at" END AS pay FROM checkouts AS v
  ASOF LEFT JOIN (SELECT * FROM events WHERE name = 'pay') AS c ON c.visitor_id = v.visitor_id AND c."at" > v.checkout)
SELECT CAST(date_trunc('month', "at") AS DATE) AS period_start, count(DISTINCT visitor_id) AS viewed,
  count(DISTINCT CASE WHEN pay < "at" + INTERVAL 30 DAY THEN visitor_id END) AS paid
FROM pays GROUP BY 1
