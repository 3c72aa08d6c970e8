-- Two years of a shop: {sessions} sessions, {orders} orders, {customers} customers,
-- rows in the order of time, as facts that are appended lie. Pseudo-random and the
-- same every time: h(i, k) is the k-th even number of row i, from 0 to 1.
CREATE MACRO h(i, k) AS (hash(i * 16 + k) >> 11) / 9007199254740992.0;
CREATE MACRO channel(u) AS
  CASE WHEN u < 0.4 THEN 'organic' WHEN u < 0.65 THEN 'paid' WHEN u < 0.8 THEN 'direct'
       WHEN u < 0.9 THEN 'social' WHEN u < 0.97 THEN 'email' ELSE 'referral' END;
CREATE MACRO device(u) AS CASE WHEN u < 0.6 THEN 'mobile' WHEN u < 0.93 THEN 'desktop' ELSE 'tablet' END;
-- Seconds since the start, growing with i: the shop grows a little.
CREATE MACRO moment(i, n) AS
  TIMESTAMP '2025-01-01' + to_seconds(CAST(63072000 * (i + h(i, 0)) / n AS BIGINT));

CREATE TABLE customers AS
  SELECT i AS customer_id,
    'country ' || CAST(floor(20 * power(h(i, 1), 1.5)) AS INTEGER) AS country,
    CASE WHEN h(i, 3) < 0.1 THEN 'gold' WHEN h(i, 3) < 0.4 THEN 'silver' ELSE 'basic' END AS tier,
    DATE '2025-01-01' + CAST(floor(365 * h(i, 4)) AS INTEGER) AS signed_up
  FROM range({customers}) AS r(i);

CREATE TABLE sessions AS
  SELECT i AS session_id,
    moment(i, {sessions}) AS started_at,
    CAST({sessions} / 5 * power(h(i, 1), 1.5) AS BIGINT) AS visitor_id,
    channel(h(i, 2)) AS channel,
    device(h(i, 3)) AS device,
    CAST(1 + 12 * power(h(i, 4), 3) AS INTEGER) AS pageviews,
    CAST(900 * power(h(i, 5), 3) AS INTEGER) AS duration_s,
    h(i, 6) < 0.3 AS is_new
  FROM range({sessions}) AS r(i);

CREATE TABLE orders AS
  SELECT i AS order_id,
    moment(i, {orders}) AS ordered_at,
    CAST(({customers} - 1) * power(h(i, 1), 1.5) AS BIGINT) AS customer_id,
    channel(h(i, 2)) AS channel,
    device(h(i, 3)) AS device,
    CAST(5 + 300 * power(h(i, 4), 4) AS DECIMAL(12, 2)) AS amount,
    CAST(3 + 180 * power(h(i, 5), 4) AS DECIMAL(12, 2)) AS cost,
    CAST(1 + 5 * power(h(i, 6), 3) AS INTEGER) AS items,
    CASE WHEN h(i, 7) < 0.2 THEN 'SUMMER' END AS promo
  FROM range({orders}) AS r(i);

CREATE TABLE subscriptions AS
  SELECT i AS subscription_id,
    DATE '2025-01-01' + CAST(floor(700 * h(i, 1)) AS INTEGER) AS started_on,
    CASE WHEN h(i, 2) < 0.7
      THEN DATE '2025-01-01' + CAST(floor(700 * h(i, 1)) + 1 + floor(300 * h(i, 3)) AS INTEGER) END AS ended_on
  FROM range({customers}) AS r(i);

CREATE TABLE events AS
  SELECT i AS event_id,
    moment(i, {sessions}) AS at,
    CAST({sessions} / 7 * h(i, 1) AS BIGINT) AS visitor_id,
    CASE WHEN h(i, 2) < 0.5 THEN 'view' WHEN h(i, 2) < 0.8 THEN 'cart'
      WHEN h(i, 2) < 0.95 THEN 'checkout' ELSE 'pay' END AS name
  FROM range({sessions}) AS r(i);
