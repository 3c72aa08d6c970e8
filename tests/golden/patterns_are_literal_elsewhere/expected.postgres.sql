WITH
-- files by day
files_atoms AS (
  SELECT
    files.day AS period_start,
    count(*) AS files,
    count(*) FILTER (WHERE starts_with(files.path, '50%')) AS starts,
    count(*) FILTER (WHERE starts_with(reverse(files.path), reverse('_x'))) AS ends,
    count(*) FILTER (WHERE strpos(files.path, '%_') > 0) AS contains,
    count(*) FILTER (WHERE files.path LIKE '50%' ESCAPE '') AS matches,
    count(*) FILTER (WHERE files.path LIKE '__x' ESCAPE '') AS one_letter,
    count(*) FILTER (WHERE (files.path LIKE '%x' ESCAPE '') IS NOT TRUE) AS not_matching
  FROM files
  WHERE files.day >= DATE '2026-01-01'
    AND files.day < DATE '2026-02-01'
  GROUP BY 1
),
-- files: files, starts, ends, contains, matches, one_letter, not_matching by month
files_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.files) AS BIGINT) AS files,
    CAST(sum(i.starts) AS BIGINT) AS starts,
    CAST(sum(i.ends) AS BIGINT) AS ends,
    CAST(sum(i.contains) AS BIGINT) AS contains,
    CAST(sum(i.matches) AS BIGINT) AS matches,
    CAST(sum(i.one_letter) AS BIGINT) AS one_letter,
    CAST(sum(i.not_matching) AS BIGINT) AS not_matching
  FROM files_atoms AS i
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
    COALESCE(r1.files, 0) AS files,
    COALESCE(r1.starts, 0) AS starts,
    COALESCE(r1.ends, 0) AS ends,
    COALESCE(r1.contains, 0) AS contains,
    COALESCE(r1.matches, 0) AS matches,
    COALESCE(r1.one_letter, 0) AS one_letter,
    COALESCE(r1.not_matching, 0) AS not_matching
  FROM spine AS p
  LEFT JOIN files_monthly AS r1 ON r1.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.files,
  c.starts,
  c.ends,
  c.contains,
  c.matches,
  c.one_letter,
  c.not_matching
FROM cells AS c
ORDER BY c.period_start;
