WITH
-- the instant at which each period ends
at_end AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_start, window_end)
),
-- ranks: the snapshot that stands for each instant
ranks_snapshots AS (
  SELECT
    w.period_start,
    max(ranks.day) AS taken
  FROM ranks
  JOIN at_end AS w
    ON ranks.day >= w.window_start
    AND ranks.day < w.window_end
  GROUP BY 1
),
-- ranks: position, keywords by month
ranks_monthly AS (
  SELECT
    d.period_start,
    CAST(sum(ranks."position") AS DOUBLE PRECISION) / NULLIF(count(ranks."position"), 0) AS "position",
    count(*) AS keywords
  FROM ranks
  JOIN ranks_snapshots AS d ON ranks.day = d.taken
  WHERE ranks.is_target
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
    r1."position",
    COALESCE(r1.keywords, CASE WHEN d1.period_start IS NOT NULL THEN 0 END) AS keywords
  FROM spine AS p
  LEFT JOIN ranks_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN ranks_snapshots AS d1 ON d1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c."position" AS avg_position,
  c.keywords AS keywords_seen
FROM cells AS c
ORDER BY c.period_start;
