WITH
-- activity by day
activity_atoms AS (
  SELECT
    CAST(activity."at" AS DATE) AS period_start,
    count(*) AS visits,
    count(*) FILTER (
      WHERE consent.granted_at IS NOT NULL
      AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at >= activity."at")
    ) AS covered
  FROM activity
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
        activity.user_id AS kpic_value_1,
        activity."at" AS kpic_at,
        CAST(NULL AS BIGINT) AS kpic_counts
      FROM activity
      WHERE activity.user_id IS NOT NULL
        AND activity."at" IS NOT NULL
      UNION ALL
      SELECT
        consents.user_id AS kpic_value_1,
        consents.granted_at AS kpic_at,
        1 AS kpic_counts
      FROM consents
      WHERE consents.user_id IS NOT NULL
        AND consents.granted_at IS NOT NULL
        AND consents.purpose = 'analytics'
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS consent_number
    ON consent_number.kpic_value_1 = activity.user_id
    AND consent_number.kpic_at = activity."at"
  LEFT JOIN (
    SELECT
      consents.*,
      row_number() OVER (
        PARTITION BY consents.user_id
        ORDER BY consents.granted_at DESC, consents.consent_id
      ) AS kpic_number
    FROM consents
    WHERE consents.user_id IS NOT NULL
      AND consents.granted_at IS NOT NULL
      AND consents.purpose = 'analytics'
  ) AS consent
    ON consent.user_id = activity.user_id
    AND consent.kpic_number = consent_number.kpic_number + 1
  WHERE activity."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND activity."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1
),
-- activity: visits, covered by month
activity_monthly AS (
  SELECT
    CAST(date_trunc('month', i.period_start) AS DATE) AS period_start,
    CAST(sum(i.visits) AS BIGINT) AS visits,
    CAST(sum(i.covered) AS BIGINT) AS covered
  FROM activity_atoms AS i
  GROUP BY 1
),
-- activity: each counted value once a month
activity_entities AS (
  SELECT
    CAST(activity."at" AS DATE) - CAST(day(activity."at") - 1 AS INTEGER) AS period_start,
    activity.user_id AS entity,
    bool_or(
      consent.granted_at IS NOT NULL
      AND (consent.withdrawn_at IS NULL OR consent.withdrawn_at >= activity."at")
    ) AS covered_users_counts
  FROM activity
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
        activity.user_id AS kpic_value_1,
        activity."at" AS kpic_at,
        CAST(NULL AS BIGINT) AS kpic_counts
      FROM activity
      WHERE activity.user_id IS NOT NULL
        AND activity."at" IS NOT NULL
      UNION ALL
      SELECT
        consents.user_id AS kpic_value_1,
        consents.granted_at AS kpic_at,
        1 AS kpic_counts
      FROM consents
      WHERE consents.user_id IS NOT NULL
        AND consents.granted_at IS NOT NULL
        AND consents.purpose = 'analytics'
    ) AS r
    QUALIFY r.kpic_counts IS NULL
  ) AS consent_number
    ON consent_number.kpic_value_1 = activity.user_id
    AND consent_number.kpic_at = activity."at"
  LEFT JOIN (
    SELECT
      consents.*,
      row_number() OVER (
        PARTITION BY consents.user_id
        ORDER BY consents.granted_at DESC, consents.consent_id
      ) AS kpic_number
    FROM consents
    WHERE consents.user_id IS NOT NULL
      AND consents.granted_at IS NOT NULL
      AND consents.purpose = 'analytics'
  ) AS consent
    ON consent.user_id = activity.user_id
    AND consent.kpic_number = consent_number.kpic_number + 1
  WHERE activity."at" >= TIMESTAMP '2026-01-01 00:00:00'
    AND activity."at" < TIMESTAMP '2026-02-01 00:00:00'
  GROUP BY 1, 2
),
-- activity: covered_users, users by month
activity_distinct_monthly AS (
  SELECT
    i.period_start,
    count(i.entity) FILTER (WHERE i.covered_users_counts) AS covered_users,
    count(i.entity) AS users
  FROM activity_entities AS i
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
    COALESCE(r1.covered, 0) AS covered,
    COALESCE(r2.covered_users, 0) AS covered_users,
    COALESCE(r2.users, 0) AS users
  FROM spine AS p
  LEFT JOIN activity_monthly AS r1 ON r1.period_start = p.period_start
  LEFT JOIN activity_distinct_monthly AS r2 ON r2.period_start = p.period_start
)
SELECT
  c.period_start,
  'total' AS slicing,
  'all' AS segment,
  c.visits,
  c.covered,
  CAST(c.covered_users AS DOUBLE) / NULLIF(c.users, 0) AS consent_coverage_rate
FROM cells AS c
ORDER BY c.period_start;
