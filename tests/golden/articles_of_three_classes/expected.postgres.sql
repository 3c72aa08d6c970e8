WITH
-- sales by day
sales_atoms AS (
  SELECT
    sales.day AS period_start,
    sales.article,
    sum(sales.amount) AS revenue,
    count(*) AS sales_rows
  FROM sales
  WHERE sales.day >= DATE '2026-01-01'
    AND sales.day < DATE '2026-03-01'
  GROUP BY 1, 2
),
-- sales: revenue, sales_rows by month
sales_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    i.article,
    sum(i.revenue) AS revenue,
    CAST(sum(i.sales_rows) AS BIGINT) AS sales_rows
  FROM sales_atoms AS i
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.article,
    r.revenue,
    r.sales_rows
  FROM sales_monthly AS r
  WHERE r.article IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    NULL AS article,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS sales_rows
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.article,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.sales_rows), 0) AS sales_rows
  FROM stack AS k
  GROUP BY 1, 2
),
-- what members are ordered by
formulas AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.sales_rows > 0 THEN c.revenue END AS ranked_by,
    CASE WHEN c.sales_rows > 0 THEN c.revenue END AS ranked_by_2
  FROM cells AS c
),
-- members among each other
formulas_2 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL
        AND min(c.ranked_by) OVER (PARTITION BY c.period_start, c.article IS NOT NULL) >= 0 THEN CAST(
          sum(c.ranked_by) OVER (
            PARTITION BY c.period_start, c.article IS NOT NULL
            ORDER BY c.ranked_by DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE PRECISION
        )
          / NULLIF(sum(c.ranked_by) OVER (PARTITION BY c.period_start, c.article IS NOT NULL), 0)
    END AS cumulative_share,
    CASE
      WHEN c.ranked_by_2 IS NOT NULL
        AND min(c.ranked_by_2) OVER (PARTITION BY c.period_start, c.article IS NOT NULL) >= 0 THEN CAST(
          sum(c.ranked_by_2) OVER (
            PARTITION BY c.period_start, c.article IS NOT NULL
            ORDER BY c.ranked_by_2 DESC NULLS LAST
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS DOUBLE PRECISION
        )
          / NULLIF(sum(c.ranked_by_2) OVER (PARTITION BY c.period_start, c.article IS NOT NULL), 0)
    END AS cumulative_share_2
  FROM formulas AS c
),
-- class: the band of each article, and of those without a row
class_bands AS (
  SELECT
    c.period_start,
    c.article,
    CASE
      WHEN (c.cumulative_share <= 0.8) IS TRUE THEN 'A'
      WHEN (c.cumulative_share_2 <= 0.95) IS TRUE THEN 'B'
      ELSE 'C'
    END AS class
  FROM formulas_2 AS c
),
-- class: the band of those without a row
class_without_rows AS (
  SELECT
    b.period_start,
    max(b.class) AS class
  FROM class_bands AS b
  WHERE b.article IS NULL
  GROUP BY 1
),
-- sales by month
sales_atoms_2 AS (
  SELECT
    CAST(date_trunc('month', sales.day) AS DATE) AS period_start,
    CASE
      WHEN sales.article IS NULL THEN NULL
      WHEN b.period_start IS NOT NULL THEN b.class
      ELSE n.class
    END AS class,
    sales.channel,
    sum(sales.amount) AS revenue,
    sum(sales.amount) FILTER (
      WHERE CASE
        WHEN sales.article IS NULL THEN NULL
        WHEN b.period_start IS NOT NULL THEN b.class
        ELSE n.class
      END
        = 'A'
    ) AS revenue_where
  FROM sales
  LEFT JOIN class_bands AS b
    ON b.period_start = CAST(date_trunc('month', sales.day) AS DATE)
    AND b.article = sales.article
  LEFT JOIN class_without_rows AS n ON n.period_start = CAST(date_trunc('month', sales.day) AS DATE)
  WHERE sales.day >= DATE '2026-01-01'
    AND sales.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3
),
-- sales: revenue by month
sales_monthly_2 AS (
  SELECT
    i.period_start,
    'class' AS slicing,
    i.class,
    NULL AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where
  FROM sales_atoms_2 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    NULL AS class,
    i.channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where
  FROM sales_atoms_2 AS i
  GROUP BY 1, 4
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS class,
    NULL AS channel,
    sum(i.revenue) AS revenue,
    sum(i.revenue_where) AS revenue_where
  FROM sales_atoms_2 AS i
  GROUP BY 1
),
-- sales by month
sales_atoms_3 AS (
  SELECT
    CAST(date_trunc('month', sales.day) AS DATE) AS period_start,
    CASE
      WHEN sales.article IS NULL THEN NULL
      WHEN b.period_start IS NOT NULL THEN b.class
      ELSE n.class
    END AS class,
    sales.channel,
    sales.article,
    sum(sales.amount) AS revenue,
    count(*) AS sales_rows
  FROM sales
  LEFT JOIN class_bands AS b
    ON b.period_start = CAST(date_trunc('month', sales.day) AS DATE)
    AND b.article = sales.article
  LEFT JOIN class_without_rows AS n ON n.period_start = CAST(date_trunc('month', sales.day) AS DATE)
  WHERE sales.day >= DATE '2026-01-01'
    AND sales.day < DATE '2026-03-01'
  GROUP BY 1, 2, 3, 4
),
-- sales: revenue, sales_rows by month
sales_monthly_3 AS (
  SELECT
    i.period_start,
    'class' AS slicing,
    i.class,
    NULL AS channel,
    i.article,
    sum(i.revenue) AS revenue,
    CAST(sum(i.sales_rows) AS BIGINT) AS sales_rows
  FROM sales_atoms_3 AS i
  GROUP BY 1, 3, 5
  UNION ALL
  SELECT
    i.period_start,
    'channel' AS slicing,
    NULL AS class,
    i.channel,
    i.article,
    sum(i.revenue) AS revenue,
    CAST(sum(i.sales_rows) AS BIGINT) AS sales_rows
  FROM sales_atoms_3 AS i
  GROUP BY 1, 4, 5
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    NULL AS class,
    NULL AS channel,
    i.article,
    sum(i.revenue) AS revenue,
    CAST(sum(i.sales_rows) AS BIGINT) AS sales_rows
  FROM sales_atoms_3 AS i
  GROUP BY 1, 5
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.class,
    r.channel,
    r.article,
    r.revenue,
    r.sales_rows
  FROM sales_monthly_3 AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.class,
    k.channel,
    k.article,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.sales_rows), 0) AS sales_rows
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4, 5
),
-- what members are ordered by
formulas_3 AS MATERIALIZED (
  SELECT
    c.*,
    CASE WHEN c.sales_rows > 0 THEN c.revenue END AS ranked_by
  FROM cells_2 AS c
),
-- members among each other
formulas_4 AS MATERIALIZED (
  SELECT
    c.*,
    CASE
      WHEN c.ranked_by IS NOT NULL THEN rank() OVER (
          PARTITION BY c.period_start, c.slicing, c.class, c.channel, c.article IS NOT NULL
          ORDER BY c.ranked_by DESC NULLS LAST
        )
    END AS place
  FROM formulas_3 AS c
),
-- over each article, those that take part
per_article_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.class,
    c.channel,
    sum(c.revenue) AS per_article
  FROM formulas_4 AS c
  WHERE (c.sales_rows > 0) IS TRUE
    AND (c.place = 1) IS TRUE
    AND c.article IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- the members that occur
members AS (
  SELECT
    'class' AS slicing,
    i.class,
    NULL AS channel
  FROM sales_atoms_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    NULL AS class,
    i.channel
  FROM sales_atoms_2 AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'class' AS slicing,
    i.class,
    NULL AS channel
  FROM sales_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    NULL AS class,
    i.channel
  FROM sales_atoms_3 AS i
  GROUP BY 3
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS class,
    NULL AS channel
),
-- results of each source, and a row for every cell asked
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.class,
    r.channel,
    r.revenue,
    r.revenue_where,
    CAST(NULL AS BIGINT) AS per_article
  FROM sales_monthly_2 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.class,
    r.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_where,
    r.per_article
  FROM per_article_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.class,
    m.channel,
    CAST(NULL AS BIGINT) AS revenue,
    CAST(NULL AS BIGINT) AS revenue_where,
    CAST(NULL AS BIGINT) AS per_article
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.class,
    k.channel,
    COALESCE(max(k.revenue), 0) AS revenue,
    COALESCE(max(k.revenue_where), 0) AS revenue_where,
    COALESCE(max(k.per_article), 0) AS per_article
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.class,
  c.channel,
  c.revenue,
  c.revenue_where AS revenue_of_a,
  c.per_article AS first_place
FROM cells_3 AS c
ORDER BY
  CASE
    WHEN c.slicing = 'total' THEN 0
    WHEN c.slicing = 'class' THEN 1
    WHEN c.slicing = 'channel' THEN 2
  END,
  c.class NULLS LAST,
  c.channel NULLS LAST,
  c.period_start;
