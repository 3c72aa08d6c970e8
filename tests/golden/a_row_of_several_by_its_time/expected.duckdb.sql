WITH
-- visits by day
visits_atoms AS (
  SELECT
    visits.day AS period_start,
    count(*) AS visits,
    min(first_after.call_id) AS a1,
    min(third_after.call_id) AS a3,
    min(fifth_after.call_id) AS a5,
    min(last_after.call_id) AS al,
    min(last_soon.call_id) AS "as",
    min(first_before.call_id) AS b1,
    min(second_before.call_id) AS b2,
    min(third_before.call_id) AS b3,
    min(last_before.call_id) AS bl,
    min(first_lately.call_id) AS b7,
    min(first_just.call_id) AS b5
  FROM visits
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
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
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS first_after_number
    ON first_after_number.kpic_value_1 = visits.who
    AND first_after_number.kpic_at = visits.day
  LEFT JOIN (
    SELECT
      calls.*,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
  ) AS first_after
    ON first_after.who = visits.who
    AND first_after.kpic_number = first_after_number.kpic_number + 1
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
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
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS third_after_number
    ON third_after_number.kpic_value_1 = visits.who
    AND third_after_number.kpic_at = visits.day
  LEFT JOIN (
    SELECT
      calls.*,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
  ) AS third_after
    ON third_after.who = visits.who
    AND third_after.kpic_number = third_after_number.kpic_number + 3
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
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
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS fifth_after_number
    ON fifth_after_number.kpic_value_1 = visits.who
    AND fifth_after_number.kpic_at = visits.day
  LEFT JOIN (
    SELECT
      calls.*,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
  ) AS fifth_after
    ON fifth_after.who = visits.who
    AND fifth_after.kpic_number = fifth_after_number.kpic_number + 5
  LEFT JOIN (
    SELECT
      calls.*,
      calls.day AS kpic_at
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY calls.who ORDER BY calls.day DESC, calls.call_id) = 1
  ) AS last_after
    ON last_after.who = visits.who
    AND last_after.kpic_at > visits.day
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at DESC
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
    FROM (
      SELECT DISTINCT
        visits.who AS kpic_value_1,
        CAST(visits.day AS DATE) + 10 AS kpic_at,
        CAST(NULL AS BIGINT) AS kpic_counts
      FROM visits
      WHERE visits.who IS NOT NULL
        AND visits.day IS NOT NULL
      UNION ALL
      SELECT
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS last_soon_number
    ON last_soon_number.kpic_value_1 = visits.who
    AND last_soon_number.kpic_at = CAST(visits.day AS DATE) + 10
  LEFT JOIN (
    SELECT
      calls.*,
      calls.day AS kpic_at,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day DESC, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
  ) AS last_soon
    ON last_soon.who = visits.who
    AND last_soon.kpic_number = last_soon_number.kpic_number + 1
    AND last_soon.kpic_at > visits.day
  LEFT JOIN (
    SELECT
      calls.*,
      calls.day AS kpic_at
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY calls.who ORDER BY calls.day, calls.call_id) = 1
  ) AS first_before
    ON first_before.who = visits.who
    AND first_before.kpic_at < visits.day
  LEFT JOIN (
    SELECT
      calls.*,
      calls.day AS kpic_at
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY calls.who ORDER BY calls.day, calls.call_id) = 2
  ) AS second_before
    ON second_before.who = visits.who
    AND second_before.kpic_at < visits.day
  LEFT JOIN (
    SELECT
      calls.*,
      calls.day AS kpic_at
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY calls.who ORDER BY calls.day, calls.call_id) = 3
  ) AS third_before
    ON third_before.who = visits.who
    AND third_before.kpic_at < visits.day
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at DESC
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
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
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS last_before_number
    ON last_before_number.kpic_value_1 = visits.who
    AND last_before_number.kpic_at = visits.day
  LEFT JOIN (
    SELECT
      calls.*,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day DESC, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
  ) AS last_before
    ON last_before.who = visits.who
    AND last_before.kpic_number = last_before_number.kpic_number + 1
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
    FROM (
      SELECT DISTINCT
        visits.who AS kpic_value_1,
        CAST(visits.day AS DATE) - 7 AS kpic_at,
        CAST(NULL AS BIGINT) AS kpic_counts
      FROM visits
      WHERE visits.who IS NOT NULL
        AND visits.day IS NOT NULL
      UNION ALL
      SELECT
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS first_lately_number
    ON first_lately_number.kpic_value_1 = visits.who
    AND first_lately_number.kpic_at = CAST(visits.day AS DATE) - 7
  LEFT JOIN (
    SELECT
      calls.*,
      calls.day AS kpic_at,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
  ) AS first_lately
    ON first_lately.who = visits.who
    AND first_lately.kpic_number = first_lately_number.kpic_number + 1
    AND first_lately.kpic_at < visits.day
  LEFT JOIN (
    SELECT
      r.kpic_value_1,
      r.kpic_at,
      count(r.kpic_counts) OVER (
        PARTITION BY r.kpic_value_1
        ORDER BY r.kpic_at
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS kpic_number
    FROM (
      SELECT DISTINCT
        visits.who AS kpic_value_1,
        CAST(visits.day AS DATE) - 5 AS kpic_at,
        CAST(NULL AS BIGINT) AS kpic_counts
      FROM visits
      WHERE visits.who IS NOT NULL
        AND visits.day IS NOT NULL
      UNION ALL
      SELECT
        calls.who AS kpic_value_1,
        calls.day AS kpic_at,
        1 AS kpic_counts
      FROM calls
      WHERE calls.who IS NOT NULL
        AND calls.day IS NOT NULL
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS first_just_number
    ON first_just_number.kpic_value_1 = visits.who
    AND first_just_number.kpic_at = CAST(visits.day AS DATE) - 5
  LEFT JOIN (
    SELECT
      calls.*,
      calls.day AS kpic_at,
      row_number() OVER (PARTITION BY calls.who ORDER BY calls.day, calls.call_id) AS kpic_number
    FROM calls
    WHERE calls.who IS NOT NULL
      AND calls.day IS NOT NULL
  ) AS first_just
    ON first_just.who = visits.who
    AND first_just.kpic_number = first_just_number.kpic_number + 1
    AND first_just.kpic_at < visits.day
  WHERE visits.day >= DATE '2026-01-01'
    AND visits.day < DATE '2026-02-01'
  GROUP BY 1
),
-- visits: visits, a1, a3, a5, al, b1, b2, b3, bl, b7, b5 by month
visits_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    min(i.a1) AS a1,
    min(i.a3) AS a3,
    min(i.a5) AS a5,
    min(i.al) AS al,
    min(i.b1) AS b1,
    min(i.b2) AS b2,
    min(i.b3) AS b3,
    min(i.bl) AS bl,
    min(i.b7) AS b7,
    min(i.b5) AS b5
  FROM visits_atoms AS i
  GROUP BY 1
),
-- visits: as by month
visits_monthly_2 AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    min(i."as") AS "as"
  FROM visits_atoms AS i
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    r1.a1,
    r1.a3,
    r1.a5,
    r1.al,
    r2."as",
    r1.b1,
    r1.b2,
    r1.b3,
    r1.bl,
    r1.b7,
    r1.b5
  FROM spine AS p
  LEFT JOIN visits_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_monthly_2 AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.a1,
  c.a3,
  c.a5,
  c.al,
  c."as",
  c.b1,
  c.b2,
  c.b3,
  c.bl,
  c.b7,
  c.b5
FROM cells AS c
ORDER BY c.period_start;
