WITH
-- visits: visits by day
visits_daily AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    count(*) AS visits
  FROM visits
  WHERE visits."at" >= TIMESTAMP '2026-03-27 23:00:00'
    AND visits."at" < TIMESTAMP '2026-03-30 22:00:00'
  GROUP BY 1
),
-- visits: visits by day
visits_daily_2 AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    visits.visitor_id AS visitor,
    count(*) AS visits
  FROM visits
  WHERE visits."at" >= TIMESTAMP '2026-03-27 23:00:00'
    AND visits."at" < TIMESTAMP '2026-03-30 22:00:00'
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-03-28', TIMESTAMP '2026-03-30', INTERVAL '1 day') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.visitor,
    r.visits
  FROM visits_daily_2 AS r
  WHERE r.visitor IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    NULL AS visitor,
    CAST(NULL AS BIGINT) AS visits
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.visitor,
    COALESCE(max(k.visits), 0) AS visits
  FROM stack AS k
  GROUP BY 1, 2
),
-- pace: the band of each visitor, and of those without a row
pace_bands AS (
  SELECT
    c.period_start,
    c.visitor,
    CASE WHEN (c.visits >= 2) IS TRUE THEN 'busy' END AS pace
  FROM cells AS c
),
-- pace: the band of those without a row
pace_without_rows AS (
  SELECT
    b.period_start,
    max(b.pace) AS pace
  FROM pace_bands AS b
  WHERE b.visitor IS NULL
  GROUP BY 1
),
-- visits: visits by day
visits_daily_3 AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    count(*) AS visits_where
  FROM visits
  LEFT JOIN pace_bands AS b
    ON b.period_start
      = CAST(
        CASE
          WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
          ELSE visits."at" + INTERVAL '2 hours'
        END AS DATE
      )
    AND b.visitor = visits.visitor_id
  LEFT JOIN pace_without_rows AS n
    ON n.period_start
      = CAST(
        CASE
          WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
          ELSE visits."at" + INTERVAL '2 hours'
        END AS DATE
      )
  WHERE visits."at" >= TIMESTAMP '2026-03-27 23:00:00'
    AND visits."at" < TIMESTAMP '2026-03-30 22:00:00'
    AND CASE
      WHEN visits.visitor_id IS NULL THEN NULL
      WHEN b.period_start IS NOT NULL THEN b.pace
      ELSE n.pace
    END
      = 'busy'
  GROUP BY 1
),
-- the time that each period reads: previous
previous AS (
  SELECT
    p.period_start,
    CAST(p.period_start AS DATE) - 1 AS window_start,
    CAST(p.period_start AS DATE) + 0 AS window_end
  FROM spine AS p
),
-- visits by day
visits_atoms AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    visits.visitor_id AS visitor,
    count(*) AS visits_previous
  FROM visits
  WHERE visits."at" >= TIMESTAMP '2026-03-26 23:00:00'
    AND visits."at" < TIMESTAMP '2026-03-29 22:00:00'
  GROUP BY 1, 2
),
-- visits: visits by day, previous
visits_daily_previous AS (
  SELECT
    w.period_start,
    i.visitor,
    CAST(sum(i.visits_previous) AS BIGINT) AS visits_previous
  FROM visits_atoms AS i
  JOIN previous AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1, 2
),
-- results of each source, and a row of nobody
stack_2 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.visits_previous
  FROM visits_daily_previous AS r
  WHERE r.visitor IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    NULL AS visitor,
    CAST(NULL AS BIGINT) AS visits_previous
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.visitor,
    COALESCE(max(k.visits_previous), 0) AS visits_previous
  FROM stack_2 AS k
  GROUP BY 1, 2
),
-- pace: the band of each visitor, and of those without a row
pace_bands_2 AS (
  SELECT
    c.period_start,
    c.visitor,
    CASE WHEN (c.visits_previous >= 2) IS TRUE THEN 'busy' END AS pace
  FROM cells_2 AS c
),
-- pace: the band of those without a row
pace_without_rows_2 AS (
  SELECT
    b.period_start,
    max(b.pace) AS pace
  FROM pace_bands_2 AS b
  WHERE b.visitor IS NULL
  GROUP BY 1
),
-- visits: visits by day
visits_daily_4 AS (
  SELECT
    w.period_start,
    count(*) AS visits_where_previous
  FROM visits
  JOIN previous AS w
    ON CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    )
      >= w.window_start
    AND CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    )
      < w.window_end
  LEFT JOIN pace_bands_2 AS b
    ON b.period_start = w.period_start
    AND b.visitor = visits.visitor_id
  LEFT JOIN pace_without_rows_2 AS n ON n.period_start = w.period_start
  WHERE visits."at" >= TIMESTAMP '2026-03-26 23:00:00'
    AND visits."at" < TIMESTAMP '2026-03-29 22:00:00'
    AND CASE
      WHEN visits.visitor_id IS NULL THEN NULL
      WHEN b.period_start IS NOT NULL THEN b.pace
      ELSE n.pace
    END
      = 'busy'
  GROUP BY 1
),
-- visits: visits, visits_rows by day
visits_daily_5 AS (
  SELECT
    CAST(
      CASE
        WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
        ELSE visits."at" + INTERVAL '2 hours'
      END AS DATE
    ) AS period_start,
    visits.visitor_id AS visitor,
    count(*) FILTER (
      WHERE CASE
        WHEN visits.visitor_id IS NULL THEN NULL
        WHEN b.period_start IS NOT NULL THEN b.pace
        ELSE n.pace
      END
        = 'busy'
    ) AS visits_where,
    count(*) FILTER (
      WHERE CASE
        WHEN visits.visitor_id IS NULL THEN NULL
        WHEN b.period_start IS NOT NULL THEN b.pace
        ELSE n.pace
      END
        = 'busy'
    ) AS visits_rows_where
  FROM visits
  LEFT JOIN pace_bands AS b
    ON b.period_start
      = CAST(
        CASE
          WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
          ELSE visits."at" + INTERVAL '2 hours'
        END AS DATE
      )
    AND b.visitor = visits.visitor_id
  LEFT JOIN pace_without_rows AS n
    ON n.period_start
      = CAST(
        CASE
          WHEN visits."at" < TIMESTAMP '2026-03-29 01:00:00' THEN visits."at" + INTERVAL '1 hour'
          ELSE visits."at" + INTERVAL '2 hours'
        END AS DATE
      )
  WHERE visits."at" >= TIMESTAMP '2026-03-27 23:00:00'
    AND visits."at" < TIMESTAMP '2026-03-30 22:00:00'
  GROUP BY 1, 2
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.visitor,
    r.visits_where,
    r.visits_rows_where
  FROM visits_daily_5 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.visitor,
    COALESCE(max(k.visits_where), 0) AS visits_where,
    COALESCE(max(k.visits_rows_where), 0) AS visits_rows_where
  FROM stack_3 AS k
  GROUP BY 1, 2
),
-- over each visitor, those that take part
per_visitor_result AS (
  SELECT
    c.period_start,
    count(*) AS per_visitor
  FROM cells_3 AS c
  WHERE (c.visits_rows_where > 0) IS TRUE
    AND (c.visits_where > 0) IS TRUE
    AND c.visitor IS NOT NULL
  GROUP BY 1
),
-- every period, with what no rows mean
cells_4 AS (
  SELECT
    p.period_start,
    COALESCE(r1.visits, 0) AS visits,
    COALESCE(r2.visits_where, 0) AS visits_where,
    COALESCE(r3.visits_where_previous, 0) AS visits_where_previous,
    COALESCE(r4.per_visitor, 0) AS per_visitor
  FROM spine AS p
  LEFT JOIN visits_daily AS r1 ON r1.period_start = p.period_start
  LEFT JOIN visits_daily_3 AS r2 ON r2.period_start = p.period_start
  LEFT JOIN visits_daily_4 AS r3 ON r3.period_start = p.period_start
  LEFT JOIN per_visitor_result AS r4 ON r4.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.visits_where AS of_busy,
  c.visits_where_previous AS before,
  c.per_visitor AS busy_visitors
FROM cells_4 AS c
ORDER BY c.period_start;
