WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    count(*) AS visits,
    min(next.sale_id) AS next_sale,
    min(before.sale_id) AS last_sale
  FROM visits
  LEFT JOIN (
    SELECT
      q.kpic_value_1,
      q.kpic_at,
      q.kpic_number
    FROM (
      SELECT
        r.kpic_value_1,
        r.kpic_at,
        count(r.kpic_counts) OVER (
          PARTITION BY r.kpic_value_1
          ORDER BY r.kpic_at
          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS kpic_number,
        r.kpic_counts
      FROM (
        SELECT DISTINCT
          visits.who AS kpic_value_1,
          visits.day AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM visits
        WHERE visits.who IS NOT NULL
          AND visits.day IS NOT NULL
        UNION ALL
        SELECT
          sales.who AS kpic_value_1,
          CAST(sales.sold_at AS DATE) AS kpic_at,
          1 AS kpic_counts
        FROM sales
        WHERE sales.who IS NOT NULL
          AND sales.sold_at IS NOT NULL
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS next_number
    ON next_number.kpic_value_1 = visits.who
    AND next_number.kpic_at = visits.day
  LEFT JOIN (
    SELECT
      sales.*,
      row_number() OVER (
        PARTITION BY sales.who
        ORDER BY CAST(sales.sold_at AS DATE), sales.sold_at, sales.sale_id
      ) AS kpic_number
    FROM sales
    WHERE sales.who IS NOT NULL
      AND sales.sold_at IS NOT NULL
  ) AS next
    ON next.who = visits.who
    AND next.kpic_number = next_number.kpic_number + 1
  LEFT JOIN (
    SELECT
      q.kpic_value_1,
      q.kpic_at,
      q.kpic_number
    FROM (
      SELECT
        r.kpic_value_1,
        r.kpic_at,
        count(r.kpic_counts) OVER (
          PARTITION BY r.kpic_value_1
          ORDER BY r.kpic_at DESC
          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS kpic_number,
        r.kpic_counts
      FROM (
        SELECT DISTINCT
          visits.who AS kpic_value_1,
          visits.day AS kpic_at,
          CAST(NULL AS BIGINT) AS kpic_counts
        FROM visits
        WHERE visits.who IS NOT NULL
          AND visits.day IS NOT NULL
        UNION ALL
        SELECT
          sales.who AS kpic_value_1,
          CAST(sales.sold_at AS DATE) AS kpic_at,
          1 AS kpic_counts
        FROM sales
        WHERE sales.who IS NOT NULL
          AND sales.sold_at IS NOT NULL
      ) AS r
    ) AS q
    WHERE q.kpic_counts IS NULL
  ) AS before_number
    ON before_number.kpic_value_1 = visits.who
    AND before_number.kpic_at = visits.day
  LEFT JOIN (
    SELECT
      sales.*,
      row_number() OVER (
        PARTITION BY sales.who
        ORDER BY CAST(sales.sold_at AS DATE) DESC, sales.sold_at DESC, sales.sale_id
      ) AS kpic_number
    FROM sales
    WHERE sales.who IS NOT NULL
      AND sales.sold_at IS NOT NULL
  ) AS before
    ON before.who = visits.who
    AND before.kpic_number = before_number.kpic_number + 1
  WHERE visits.day >= DATE '2026-02-01'
    AND visits.day < DATE '2026-03-01'
  GROUP BY 1
),
-- visits: visits, next_sale, last_sale by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    min(i.next_sale) AS next_sale,
    min(i.last_sale) AS last_sale
  FROM visits_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-02-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    r1.next_sale,
    r1.last_sale
  FROM spine AS p
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.next_sale,
  c.last_sale
FROM cells AS c
ORDER BY c.period_start;
