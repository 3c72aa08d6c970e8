WITH
-- mentions by day
mentions_atoms AS (
  SELECT
    mentions.day AS period_start,
    sum(mentions.mentions) FILTER (WHERE mentions.sentiment = 'positive') AS mentions_where,
    sum(mentions.mentions) AS mentions,
    sum(mentions.mentions) FILTER (WHERE mentions.sentiment = 'neutral') AS mentions_where_2,
    sum(mentions.mentions) FILTER (WHERE mentions.sentiment = 'negative') AS mentions_where_3
  FROM mentions
  WHERE mentions.day >= DATE '2026-01-01'
    AND mentions.day < DATE '2026-04-01'
  GROUP BY 1
),
-- mentions: mentions by month
mentions_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    sum(i.mentions_where) AS mentions_where,
    sum(i.mentions) AS mentions,
    sum(i.mentions_where_2) AS mentions_where_2,
    sum(i.mentions_where_3) AS mentions_where_3
  FROM mentions_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.mentions_where, 0) AS mentions_where,
    COALESCE(r1.mentions, 0) AS mentions,
    COALESCE(r1.mentions_where_2, 0) AS mentions_where_2,
    COALESCE(r1.mentions_where_3, 0) AS mentions_where_3
  FROM spine AS p
  LEFT JOIN mentions_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  CAST(c.mentions_where AS DOUBLE PRECISION) / NULLIF(c.mentions, 0) AS mention_positive_share,
  CAST(c.mentions_where_2 AS DOUBLE PRECISION) / NULLIF(c.mentions, 0) AS mention_neutral_share,
  CAST(c.mentions_where_3 AS DOUBLE PRECISION) / NULLIF(c.mentions, 0) AS mention_negative_share,
  CAST(c.mentions_where AS DOUBLE PRECISION) / NULLIF(c.mentions, 0)
    + CAST(c.mentions_where_2 AS DOUBLE PRECISION) / NULLIF(c.mentions, 0)
    + CAST(c.mentions_where_3 AS DOUBLE PRECISION) / NULLIF(c.mentions, 0) AS all_shares
FROM cells AS c
ORDER BY c.period_start;
