WITH
-- spend by day
spend_atoms AS (
  SELECT
    spend.spent_on AS period_start,
    spend.channel,
    sum(CAST(spend.cost AS DECIMAL(12, 2))) AS cost
  FROM spend
  WHERE spend.spent_on >= DATE '2026-01-01'
    AND spend.spent_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- spend: cost by month
spend_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.cost) AS cost
  FROM spend_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.cost) AS cost
  FROM spend_atoms AS i
  GROUP BY 1
),
-- orders: each counted value once a month
orders_entities AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.channel,
    orders.customer_id AS entity,
    bool_or(orders.device = 'mobile') AS buyers_where_counts
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- orders: buyers by month
orders_distinct_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    count(i.entity) AS buyers,
    count(i.entity) FILTER (WHERE i.buyers_where_counts) AS buyers_where
  FROM orders_entities AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    count(DISTINCT i.entity) AS buyers,
    count(DISTINCT i.entity) FILTER (WHERE i.buyers_where_counts) AS buyers_where
  FROM orders_entities AS i
  GROUP BY 1
),
-- orders: every value
orders_rows AS (
  SELECT
    CAST(orders.ordered_on AS DATE) - CAST(day(orders.ordered_on) - 1 AS INTEGER) AS period_start,
    orders.channel,
    CAST(orders.amount AS DECIMAL(12, 2)) AS middle
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
),
-- orders: middle by month
orders_spread_monthly AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    quantile_cont(CAST(i.middle AS DOUBLE), 0.5) AS middle
  FROM orders_rows AS i
  GROUP BY 1
),
-- orders by day
orders_atoms AS (
  SELECT
    orders.ordered_on AS period_start,
    orders.channel,
    sum(CAST(orders.amount AS DECIMAL(12, 2))) AS revenue,
    count(CAST(orders.amount AS DECIMAL(12, 2))) AS mean_count
  FROM orders
  WHERE orders.ordered_on >= DATE '2026-01-01'
    AND orders.ordered_on < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- orders: revenue, mean by month
orders_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.revenue) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(sum(i.revenue) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean
  FROM orders_atoms AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue) AS revenue_total,
    CAST(sum(i.revenue) AS DOUBLE) / NULLIF(sum(i.mean_count), 0) AS mean
  FROM orders_atoms AS i
  GROUP BY 1
),
-- orders over all members of channel
orders_total AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    'channel' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.revenue) AS revenue_total
  FROM orders_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM spend_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM orders_entities AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.cost,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS buyers_where,
    CAST(NULL AS BIGINT) AS mean
  FROM spend_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS cost,
    r.buyers,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total,
    r.buyers_where,
    CAST(NULL AS BIGINT) AS mean
  FROM orders_distinct_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS cost,
    CAST(NULL AS BIGINT) AS buyers,
    r.middle,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS buyers_where,
    CAST(NULL AS BIGINT) AS mean
  FROM orders_spread_monthly AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS cost,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle,
    r.revenue,
    r.revenue_total,
    CAST(NULL AS BIGINT) AS buyers_where,
    r.mean
  FROM orders_monthly AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS cost,
    CAST(NULL AS BIGINT) AS buyers,
    CAST(NULL AS BIGINT) AS middle,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_total,
    CAST(NULL AS BIGINT) AS buyers_where,
    CAST(NULL AS BIGINT) AS mean
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell
merged AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    max(k.cost) AS cost,
    max(k.buyers) AS buyers,
    max(k.middle) AS middle,
    max(k.revenue) AS revenue,
    max(k.revenue_total) AS revenue_total,
    max(k.buyers_where) AS buyers_where,
    max(k.mean) AS mean
  FROM stack AS k
  GROUP BY 1, 2, 3
),
-- with totals beside their parts, and what no rows mean
cells AS (
  SELECT
    m.period_start,
    m.slicing,
    m.channel,
    COALESCE(m.cost, 0) AS cost,
    COALESCE(m.buyers, 0) AS buyers,
    m.middle,
    COALESCE(m.revenue, 0) AS revenue,
    COALESCE(COALESCE(m.revenue_total, t1.revenue_total), 0) AS revenue_total,
    COALESCE(m.buyers_where, 0) AS buyers_where,
    m.mean
  FROM merged AS m
  LEFT JOIN orders_total AS t1
    ON t1.period_start = m.period_start
    AND t1.slicing = m.slicing
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  CAST(c.cost AS DOUBLE) / NULLIF(c.buyers, 0) AS cost_per_buyer,
  c.middle,
  CAST(c.revenue AS DOUBLE) / NULLIF(c.revenue_total, 0) AS share,
  c.buyers_where AS mobile_buyers,
  c.mean,
  c.revenue,
  c.buyers,
  c.cost
FROM cells AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
