WITH
-- terms by day
terms_atoms AS (
  SELECT
    terms.ends_on AS period_start,
    count(*) AS terms_due,
    count(*) FILTER (WHERE terms.renewed_on <= CAST(terms.ends_on AS DATE) + 7) AS terms_renewed
  FROM terms
  WHERE terms.ends_on >= DATE '2026-01-01'
    AND terms.ends_on < DATE '2026-03-11'
  GROUP BY 1
),
-- terms: terms_due by month
terms_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.terms_due) AS BIGINT) AS terms_due
  FROM terms_atoms AS i
  WHERE i.period_start >= DATE '2026-02-01'
    AND i.period_start < DATE '2026-04-01'
  GROUP BY 1
),
-- the time that each period reads: settled 7 days
settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-01', DATE '2026-03-04')
  ) AS q(period_start, window_start, window_end)
),
-- terms: terms_renewed, terms_due by month, settled 7 days
terms_monthly_settled_7_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.terms_renewed) AS BIGINT) AS terms_renewed,
    CAST(sum(i.terms_due) AS BIGINT) AS terms_due_2
  FROM terms_atoms AS i
  JOIN settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous settled 7 days
previous_settled_7_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-02-01', DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-01', DATE '2026-02-04')
  ) AS q(period_start, window_start, window_end)
),
-- terms: terms_renewed, terms_due by month, previous settled 7 days
terms_monthly_previous_settled_7_days AS (
  SELECT
    w.period_start,
    CAST(sum(i.terms_renewed) AS BIGINT) AS terms_renewed_previous,
    CAST(sum(i.terms_due) AS BIGINT) AS terms_due_previous
  FROM terms_atoms AS i
  JOIN previous_settled_7_days AS w
    ON i.period_start >= w.window_start
    AND i.period_start < w.window_end
  GROUP BY 1
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- every period, with what no rows mean
cells AS (
  SELECT
    p.period_start,
    COALESCE(r1.terms_due, 0) AS terms_due,
    COALESCE(r2.terms_renewed, 0) AS terms_renewed,
    COALESCE(r2.terms_due_2, 0) AS terms_due_2,
    COALESCE(r3.terms_renewed_previous, 0) AS terms_renewed_previous,
    COALESCE(r3.terms_due_previous, 0) AS terms_due_previous
  FROM spine AS p
  LEFT JOIN terms_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN terms_monthly_settled_7_days AS r2 ON r2.period_start = p.period_start
  LEFT JOIN terms_monthly_previous_settled_7_days AS r3 ON r3.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.terms_due,
  CAST(c.terms_renewed AS DOUBLE) / NULLIF(c.terms_due_2, 0) AS renewal_rate,
  CAST(c.terms_renewed_previous AS DOUBLE) / NULLIF(c.terms_due_previous, 0) AS renewal_rate_before
FROM cells AS c
ORDER BY c.period_start;
