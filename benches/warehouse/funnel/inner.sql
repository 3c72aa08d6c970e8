-- ASOF joins of those who come so far
WITH views AS (SELECT event_id, visitor_id, "at" FROM events WHERE name = 'view'),
carts AS (SELECT v.*, c."at" AS cart FROM views AS v ASOF JOIN (SELECT * FROM events WHERE name = 'cart') AS c
  ON c.visitor_id = v.visitor_id AND c."at" > v."at" WHERE c."at" < v."at" + INTERVAL 30 DAY),
checkouts AS (SELECT v.*, c."at" AS checkout FROM carts AS v ASOF JOIN (SELECT * FROM events WHERE name = 'checkout') AS c
  ON c.visitor_id = v.visitor_id AND c."at" > v.cart WHERE c."at" < v."at" + INTERVAL 30 DAY),
pays AS (SELECT v.event_id, v.visitor_id, v."at" FROM checkouts AS v ASOF JOIN (SELECT * FROM events WHERE name = 'pay') AS c
  ON c.visitor_id = v.visitor_id AND c."at" > v.checkout WHERE c."at" < v."at" + INTERVAL 30 DAY),
viewed AS (SELECT CAST(date_trunc('month', "at") AS DATE) AS period_start, count(DISTINCT visitor_id) AS viewed FROM views GROUP BY 1),
paid AS (SELECT CAST(date_trunc('month', "at") AS DATE) AS period_start, count(DISTINCT visitor_id) AS paid FROM pays GROUP BY 1)
SELECT period_start, viewed, COALESCE(paid, 0) AS paid FROM viewed LEFT JOIN paid USING (period_start)
