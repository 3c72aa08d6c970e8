WITH
-- events by day
events_atoms AS (
  SELECT
    events.day AS period_start,
    events.channel,
    sum(events.points) AS points_decayed,
    count(*) AS events_decayed
  FROM events
  WHERE events.day < DATE '2026-03-11'
  GROUP BY 1, 2
),
-- the time that each period reads: decayed 10 days
decayed_10_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-03-11')
  ) AS q(period_start, window_end)
),
-- events: points, events by month, decayed 10 days
events_monthly_decayed_10_days AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_decayed,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.events_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS events_decayed
  FROM events_atoms AS i
  JOIN decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_decayed,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.events_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS events_decayed
  FROM events_atoms AS i
  JOIN decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1
),
-- the time that each period reads: previous decayed 10 days
previous_decayed_10_days AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-01-01'),
      (DATE '2026-02-01', DATE '2026-02-01'),
      (DATE '2026-03-01', DATE '2026-02-11')
  ) AS q(period_start, window_end)
),
-- events: points by month, previous decayed 10 days
events_monthly_previous_decayed_10_days AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_previous_decayed
  FROM events_atoms AS i
  JOIN previous_decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1, 3
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_previous_decayed
  FROM events_atoms AS i
  JOIN previous_decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1
),
-- events by day
events_atoms_2 AS (
  SELECT
    events.day AS period_start,
    events.lead_id AS lead,
    sum(events.points) AS points_decayed
  FROM events
  WHERE events.day < DATE '2026-03-11'
  GROUP BY 1, 2
),
-- events: points by month, decayed 10 days
events_monthly_decayed_10_days_2 AS (
  SELECT
    w.period_start,
    i.lead,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_decayed
  FROM events_atoms_2 AS i
  JOIN decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1, 2
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-03-01', INTERVAL '1 month') AS periods(start)
),
-- results of each source, and a row of nobody
stack AS (
  SELECT
    r.period_start,
    r.lead,
    r.points_decayed
  FROM events_monthly_decayed_10_days_2 AS r
  WHERE r.lead IS NOT NULL
  UNION ALL
  SELECT
    p.period_start,
    CAST(NULL AS VARCHAR) AS lead,
    CAST(NULL AS BIGINT) AS points_decayed
  FROM spine AS p
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.lead,
    COALESCE(max(k.points_decayed), 0) AS points_decayed
  FROM stack AS k
  GROUP BY 1, 2
),
-- interest: the band of each lead, and of those without a row
interest_bands AS (
  SELECT
    c.period_start,
    c.lead,
    CASE WHEN (c.points_decayed >= 5) IS TRUE THEN 'keen' ELSE 'cool' END AS interest
  FROM cells AS c
),
-- interest: the band of those without a row
interest_without_rows AS (
  SELECT
    b.period_start,
    max(b.interest) AS interest
  FROM interest_bands AS b
  WHERE b.lead IS NULL
  GROUP BY 1
),
-- events by day
events_atoms_3 AS (
  SELECT
    w.period_start,
    events.channel,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(events.day AS DATE) - 1 < 5000 THEN CAST(
            events.points AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(events.day AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) FILTER (
      WHERE CASE
        WHEN events.lead_id IS NULL THEN CAST(NULL AS VARCHAR)
        WHEN b.period_start IS NOT NULL THEN b.interest
        ELSE n.interest
      END
        = 'keen'
    ) AS points_where_decayed
  FROM events
  JOIN decayed_10_days AS w ON events.day < w.window_end
  LEFT JOIN interest_bands AS b
    ON b.period_start = w.period_start
    AND b.lead = events.lead_id
  LEFT JOIN interest_without_rows AS n ON n.period_start = w.period_start
  WHERE events.day < DATE '2026-03-11'
  GROUP BY 1, 2
),
-- events: points by month, decayed 10 days
events_monthly_decayed_10_days_3 AS (
  SELECT
    i.period_start,
    'channel' AS slicing,
    i.channel,
    sum(i.points_where_decayed) AS points_where_decayed
  FROM events_atoms_3 AS i
  GROUP BY 1, 3
  UNION ALL
  SELECT
    i.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    sum(i.points_where_decayed) AS points_where_decayed
  FROM events_atoms_3 AS i
  GROUP BY 1
),
-- events by day
events_atoms_4 AS (
  SELECT
    events.day AS period_start,
    events.channel,
    events.lead_id AS lead,
    sum(events.points) AS points_decayed,
    count(*) AS events_rows_cumulative
  FROM events
  WHERE events.day < DATE '2026-03-11'
  GROUP BY 1, 2, 3
),
-- events: points by month, decayed 10 days
events_monthly_decayed_10_days_4 AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    i.lead,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_decayed
  FROM events_atoms_4 AS i
  JOIN decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_decayed
  FROM events_atoms_4 AS i
  JOIN decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1, 4
),
-- the time that each period reads: cumulative
cumulative AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-01-01', DATE '2026-02-01'),
      (DATE '2026-02-01', DATE '2026-03-01'),
      (DATE '2026-03-01', DATE '2026-04-01')
  ) AS q(period_start, window_end)
),
-- events: events_rows by month, cumulative
events_monthly_cumulative AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    i.lead,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_4 AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_4 AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1, 4
),
-- results of each source
stack_2 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.lead,
    r.points_decayed,
    CAST(NULL AS BIGINT) AS events_rows_cumulative
  FROM events_monthly_decayed_10_days_4 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.lead,
    CAST(NULL AS BIGINT) AS points_decayed,
    r.events_rows_cumulative
  FROM events_monthly_cumulative AS r
),
-- one row a cell, with what no rows mean
cells_2 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.lead,
    COALESCE(max(k.points_decayed), 0) AS points_decayed,
    COALESCE(max(k.events_rows_cumulative), 0) AS events_rows_cumulative
  FROM stack_2 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each lead, those that take part
per_lead_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    max(c.points_decayed) AS per_lead
  FROM cells_2 AS c
  WHERE (c.events_rows_cumulative > 0) IS TRUE
    AND c.lead IS NOT NULL
  GROUP BY 1, 2, 3
),
-- events by day
events_atoms_5 AS (
  SELECT
    events.day AS period_start,
    events.channel,
    events.lead_id AS lead,
    sum(events.points) AS points_decayed,
    count(*) AS events_rows_cumulative
  FROM events
  WHERE events.day < DATE '2026-03-11'
  GROUP BY 1, 2, 3
),
-- events: points by month, decayed 10 days
events_monthly_decayed_10_days_5 AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    i.lead,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_decayed
  FROM events_atoms_5 AS i
  JOIN decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    sum(
      CASE
        WHEN CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 < 5000 THEN CAST(
            i.points_decayed AS DOUBLE
          )
            * power(CAST(0.5 AS DOUBLE), CAST(
              CAST(w.window_end AS DATE) - CAST(i.period_start AS DATE) - 1 AS DOUBLE
            )
              / 10)
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS points_decayed
  FROM events_atoms_5 AS i
  JOIN decayed_10_days AS w ON i.period_start < w.window_end
  GROUP BY 1, 4
),
-- events: events_rows by month, cumulative
events_monthly_cumulative_2 AS (
  SELECT
    w.period_start,
    'channel' AS slicing,
    i.channel,
    i.lead,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_5 AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1, 3, 4
  UNION ALL
  SELECT
    w.period_start,
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel,
    i.lead,
    CAST(sum(i.events_rows_cumulative) AS BIGINT) AS events_rows_cumulative
  FROM events_atoms_5 AS i
  JOIN cumulative AS w ON i.period_start < w.window_end
  GROUP BY 1, 4
),
-- results of each source
stack_3 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.lead,
    r.points_decayed,
    CAST(NULL AS BIGINT) AS events_rows_cumulative
  FROM events_monthly_decayed_10_days_5 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.lead,
    CAST(NULL AS BIGINT) AS points_decayed,
    r.events_rows_cumulative
  FROM events_monthly_cumulative_2 AS r
),
-- one row a cell, with what no rows mean
cells_3 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    k.lead,
    COALESCE(max(k.points_decayed), 0) AS points_decayed,
    COALESCE(max(k.events_rows_cumulative), 0) AS events_rows_cumulative
  FROM stack_3 AS k
  GROUP BY 1, 2, 3, 4
),
-- over each lead, those that take part
per_lead_2_result AS (
  SELECT
    c.period_start,
    c.slicing,
    c.channel,
    count(*) AS per_lead_2
  FROM cells_3 AS c
  WHERE (c.events_rows_cumulative > 0) IS TRUE
    AND c.lead IS NOT NULL
  GROUP BY 1, 2, 3
),
-- the members that occur
members AS (
  SELECT
    'channel' AS slicing,
    i.channel
  FROM events_atoms AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM events_atoms_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM events_atoms_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'channel' AS slicing,
    i.channel
  FROM events_atoms_5 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    CAST(NULL AS VARCHAR) AS channel
),
-- results of each source, and a row for every cell asked
stack_4 AS (
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    r.points_decayed,
    r.events_decayed,
    CAST(NULL AS BIGINT) AS points_where_decayed,
    CAST(NULL AS BIGINT) AS points_previous_decayed,
    CAST(NULL AS BIGINT) AS per_lead,
    CAST(NULL AS BIGINT) AS per_lead_2
  FROM events_monthly_decayed_10_days AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS points_decayed,
    CAST(NULL AS BIGINT) AS events_decayed,
    CAST(NULL AS BIGINT) AS points_where_decayed,
    r.points_previous_decayed,
    CAST(NULL AS BIGINT) AS per_lead,
    CAST(NULL AS BIGINT) AS per_lead_2
  FROM events_monthly_previous_decayed_10_days AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS points_decayed,
    CAST(NULL AS BIGINT) AS events_decayed,
    r.points_where_decayed,
    CAST(NULL AS BIGINT) AS points_previous_decayed,
    CAST(NULL AS BIGINT) AS per_lead,
    CAST(NULL AS BIGINT) AS per_lead_2
  FROM events_monthly_decayed_10_days_3 AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS points_decayed,
    CAST(NULL AS BIGINT) AS events_decayed,
    CAST(NULL AS BIGINT) AS points_where_decayed,
    CAST(NULL AS BIGINT) AS points_previous_decayed,
    r.per_lead,
    CAST(NULL AS BIGINT) AS per_lead_2
  FROM per_lead_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.channel,
    CAST(NULL AS BIGINT) AS points_decayed,
    CAST(NULL AS BIGINT) AS events_decayed,
    CAST(NULL AS BIGINT) AS points_where_decayed,
    CAST(NULL AS BIGINT) AS points_previous_decayed,
    CAST(NULL AS BIGINT) AS per_lead,
    r.per_lead_2
  FROM per_lead_2_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    m.channel,
    CAST(NULL AS BIGINT) AS points_decayed,
    CAST(NULL AS BIGINT) AS events_decayed,
    CAST(NULL AS BIGINT) AS points_where_decayed,
    CAST(NULL AS BIGINT) AS points_previous_decayed,
    CAST(NULL AS BIGINT) AS per_lead,
    CAST(NULL AS BIGINT) AS per_lead_2
  FROM spine AS p
  CROSS JOIN members AS m
),
-- one row a cell, with what no rows mean
cells_4 AS (
  SELECT
    k.period_start,
    k.slicing,
    k.channel,
    COALESCE(max(k.points_decayed), 0) AS points_decayed,
    COALESCE(max(k.events_decayed), 0) AS events_decayed,
    COALESCE(max(k.points_where_decayed), 0) AS points_where_decayed,
    COALESCE(max(k.points_previous_decayed), 0) AS points_previous_decayed,
    max(k.per_lead) AS per_lead,
    COALESCE(max(k.per_lead_2), 0) AS per_lead_2
  FROM stack_4 AS k
  GROUP BY 1, 2, 3
)
SELECT
  c.period_start,
  c.slicing,
  'all' AS segment,
  c.channel,
  c.points_decayed AS score,
  c.events_decayed AS rows_left,
  c.points_where_decayed AS of_keen,
  c.points_previous_decayed AS before,
  c.per_lead AS best,
  c.per_lead_2 AS leads
FROM cells_4 AS c
ORDER BY
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'channel' THEN 1 END,
  c.channel NULLS LAST,
  c.period_start;
