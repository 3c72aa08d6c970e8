WITH
-- subscriptions: what comes and goes
subscriptions_changes AS (
  SELECT
    GREATEST(CAST(subscriptions.started_on AS TIMESTAMP), TIMESTAMP '2026-04-01 00:00:00') AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    subscriptions.customer AS entity,
    count(*) AS customers
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
  GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT
    CAST(subscriptions.ended_on AS TIMESTAMP) AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    subscriptions.customer AS entity,
    -count(*) AS customers
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
    AND CAST(subscriptions.ended_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
  GROUP BY 1, 2, 3, 4
),
-- subscriptions: how many rows each counted value has
subscriptions_values AS (
  SELECT
    'plan' AS slicing,
    'all' AS segment,
    i.plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.plan, i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 3, i.entity, 4
  UNION ALL
  SELECT
    'plan' AS slicing,
    'new' AS segment,
    i.plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.plan, i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes AS i
  WHERE i.entity IS NOT NULL
    AND i.is_new
  GROUP BY 3, i.entity, 4
  UNION ALL
  SELECT
    'total' AS slicing,
    'all' AS segment,
    NULL AS plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes AS i
  WHERE i.entity IS NOT NULL
  GROUP BY i.entity, 4
  UNION ALL
  SELECT
    'total' AS slicing,
    'new' AS segment,
    NULL AS plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes AS i
  WHERE i.entity IS NOT NULL
    AND i.is_new
  GROUP BY i.entity, 4
),
-- customers_time_share: what changes in each slice
subscriptions_changes_by_slice AS (
  SELECT
    i.slicing,
    i.segment,
    i.plan,
    i.since,
    CASE WHEN i.customers_rows > 0 THEN 1 ELSE 0 END
      - CASE WHEN i.customers_rows - i.customers > 0 THEN 1 ELSE 0 END AS customers
  FROM subscriptions_values AS i
),
-- customers_time_share: what is there from one change to the next
customers_time_share_states AS (
  SELECT
    i.slicing,
    i.segment,
    i.plan,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.segment, i.plan ORDER BY i.since),
      TIMESTAMP '2026-05-01 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.customers)) OVER (
        PARTITION BY i.slicing, i.segment, i.plan
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS customers
  FROM subscriptions_changes_by_slice AS i
  GROUP BY 1, 2, 3, 4
),
-- the time that each period reads, in UTC, and its length
times AS (
  SELECT *
  FROM (
    VALUES
      (DATE '2026-04-01', TIMESTAMP '2026-04-01 00:00:00', TIMESTAMP '2026-05-01 00:00:00', 2592000)
  ) AS q(period_start, window_start, window_end, seconds)
),
-- customers_time_share: the share of each period in which the condition holds
customers_time_share_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.segment,
    i.plan,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS customers_time_share
  FROM customers_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.customers >= 2
  GROUP BY 1, 2, 3, 4, w.seconds
),
-- subscriptions: what comes and goes
subscriptions_changes_2 AS (
  SELECT
    GREATEST(CAST(subscriptions.started_on AS TIMESTAMP), TIMESTAMP '2026-04-01 00:00:00') AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    subscriptions.customer AS entity,
    count(*) AS customers
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
  GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT
    CAST(subscriptions.ended_on AS TIMESTAMP) AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    subscriptions.customer AS entity,
    -count(*) AS customers
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
    AND CAST(subscriptions.ended_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
  GROUP BY 1, 2, 3, 4
),
-- subscriptions: how many rows each counted value has
subscriptions_values_2 AS (
  SELECT
    'plan' AS slicing,
    'all' AS segment,
    i.plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.plan, i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes_2 AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 3, i.entity, 4
  UNION ALL
  SELECT
    'plan' AS slicing,
    'new' AS segment,
    i.plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.plan, i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes_2 AS i
  WHERE i.entity IS NOT NULL
    AND i.is_new
  GROUP BY 3, i.entity, 4
  UNION ALL
  SELECT
    'total' AS slicing,
    'all' AS segment,
    NULL AS plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes_2 AS i
  WHERE i.entity IS NOT NULL
  GROUP BY i.entity, 4
  UNION ALL
  SELECT
    'total' AS slicing,
    'new' AS segment,
    NULL AS plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes_2 AS i
  WHERE i.entity IS NOT NULL
    AND i.is_new
  GROUP BY i.entity, 4
),
-- customers_time_share_2: what changes in each slice
subscriptions_changes_by_slice_2 AS (
  SELECT
    i.slicing,
    i.segment,
    i.plan,
    i.since,
    CASE WHEN i.customers_rows > 0 THEN 1 ELSE 0 END
      - CASE WHEN i.customers_rows - i.customers > 0 THEN 1 ELSE 0 END AS customers
  FROM subscriptions_values_2 AS i
),
-- customers_time_share_2: what is there from one change to the next
customers_time_share_2_states AS (
  SELECT
    i.slicing,
    i.segment,
    i.plan,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.segment, i.plan ORDER BY i.since),
      TIMESTAMP '2026-05-01 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.customers)) OVER (
        PARTITION BY i.slicing, i.segment, i.plan
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS customers
  FROM subscriptions_changes_by_slice_2 AS i
  GROUP BY 1, 2, 3, 4
),
-- customers_time_share_2: the share of each period in which the condition holds
customers_time_share_2_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.segment,
    i.plan,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS customers_time_share_2
  FROM customers_time_share_2_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.customers = 1
  GROUP BY 1, 2, 3, 4, w.seconds
),
-- subscriptions: what comes and goes
subscriptions_changes_3 AS (
  SELECT
    GREATEST(CAST(subscriptions.started_on AS TIMESTAMP), TIMESTAMP '2026-04-01 00:00:00') AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    count(*) AS subscriptions
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT
    CAST(subscriptions.ended_on AS TIMESTAMP) AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    -count(*) AS subscriptions
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
    AND CAST(subscriptions.ended_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
  GROUP BY 1, 2, 3
),
-- subscriptions: what comes and goes
subscriptions_changes_4 AS (
  SELECT
    GREATEST(CAST(subscriptions.started_on AS TIMESTAMP), TIMESTAMP '2026-04-01 00:00:00') AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    subscriptions.customer AS entity,
    count(*) AS customers
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
  GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT
    CAST(subscriptions.ended_on AS TIMESTAMP) AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    subscriptions.customer AS entity,
    -count(*) AS customers
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
    AND CAST(subscriptions.ended_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
  GROUP BY 1, 2, 3, 4
),
-- subscriptions: how many rows each counted value has
subscriptions_values_3 AS (
  SELECT
    'plan' AS slicing,
    'all' AS segment,
    i.plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.plan, i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes_4 AS i
  WHERE i.entity IS NOT NULL
  GROUP BY 3, i.entity, 4
  UNION ALL
  SELECT
    'plan' AS slicing,
    'new' AS segment,
    i.plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.plan, i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes_4 AS i
  WHERE i.entity IS NOT NULL
    AND i.is_new
  GROUP BY 3, i.entity, 4
  UNION ALL
  SELECT
    'total' AS slicing,
    'all' AS segment,
    NULL AS plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes_4 AS i
  WHERE i.entity IS NOT NULL
  GROUP BY i.entity, 4
  UNION ALL
  SELECT
    'total' AS slicing,
    'new' AS segment,
    NULL AS plan,
    i.since,
    sum(i.customers) AS customers,
    sum(sum(i.customers)) OVER (
      PARTITION BY i.entity
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS customers_rows
  FROM subscriptions_changes_4 AS i
  WHERE i.entity IS NOT NULL
    AND i.is_new
  GROUP BY i.entity, 4
),
-- subscriptions_time_share: what changes in each slice
subscriptions_changes_by_slice_3 AS (
  SELECT
    'plan' AS slicing,
    'all' AS segment,
    i.plan,
    i.since,
    i.subscriptions,
    CAST(NULL AS BIGINT) AS customers
  FROM subscriptions_changes_3 AS i
  UNION ALL
  SELECT
    'plan' AS slicing,
    'new' AS segment,
    i.plan,
    i.since,
    i.subscriptions,
    CAST(NULL AS BIGINT) AS customers
  FROM subscriptions_changes_3 AS i
  WHERE i.is_new
  UNION ALL
  SELECT
    'total' AS slicing,
    'all' AS segment,
    NULL AS plan,
    i.since,
    i.subscriptions,
    CAST(NULL AS BIGINT) AS customers
  FROM subscriptions_changes_3 AS i
  UNION ALL
  SELECT
    'total' AS slicing,
    'new' AS segment,
    NULL AS plan,
    i.since,
    i.subscriptions,
    CAST(NULL AS BIGINT) AS customers
  FROM subscriptions_changes_3 AS i
  WHERE i.is_new
  UNION ALL
  SELECT
    i.slicing,
    i.segment,
    i.plan,
    i.since,
    CAST(NULL AS BIGINT) AS subscriptions,
    CASE WHEN i.customers_rows > 0 THEN 1 ELSE 0 END
      - CASE WHEN i.customers_rows - i.customers > 0 THEN 1 ELSE 0 END AS customers
  FROM subscriptions_values_3 AS i
),
-- subscriptions_time_share: what is there from one change to the next
subscriptions_time_share_states AS (
  SELECT
    i.slicing,
    i.segment,
    i.plan,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.segment, i.plan ORDER BY i.since),
      TIMESTAMP '2026-05-01 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.subscriptions)) OVER (
        PARTITION BY i.slicing, i.segment, i.plan
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS subscriptions,
    COALESCE(
      sum(sum(i.customers)) OVER (
        PARTITION BY i.slicing, i.segment, i.plan
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS customers
  FROM subscriptions_changes_by_slice_3 AS i
  GROUP BY 1, 2, 3, 4
),
-- subscriptions_time_share: the share of each period in which the condition holds
subscriptions_time_share_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.segment,
    i.plan,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS subscriptions_time_share
  FROM subscriptions_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.subscriptions > i.customers
  GROUP BY 1, 2, 3, 4, w.seconds
),
-- subscriptions: what comes and goes
subscriptions_changes_5 AS (
  SELECT
    GREATEST(CAST(subscriptions.started_on AS TIMESTAMP), TIMESTAMP '2026-04-01 00:00:00') AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    subscriptions.customer AS entity,
    subscriptions.plan AS entity_2,
    count(*) AS pairs
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
  GROUP BY 1, 2, 3, 4, 2
  UNION ALL
  SELECT
    CAST(subscriptions.ended_on AS TIMESTAMP) AS since,
    subscriptions.plan,
    (subscriptions.origin = 'web') IS TRUE AS is_new,
    subscriptions.customer AS entity,
    subscriptions.plan AS entity_2,
    -count(*) AS pairs
  FROM subscriptions
  WHERE (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > CAST(subscriptions.started_on AS TIMESTAMP)
    )
    AND CAST(subscriptions.started_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
    AND (
      CAST(subscriptions.ended_on AS TIMESTAMP) IS NULL
      OR CAST(subscriptions.ended_on AS TIMESTAMP) > TIMESTAMP '2026-04-01 00:00:00'
    )
    AND CAST(subscriptions.ended_on AS TIMESTAMP) < TIMESTAMP '2026-05-01 00:00:00'
  GROUP BY 1, 2, 3, 4, 2
),
-- subscriptions: how many rows each counted value has
subscriptions_values_4 AS (
  SELECT
    'plan' AS slicing,
    'all' AS segment,
    i.plan,
    i.since,
    sum(i.pairs) AS pairs,
    sum(sum(i.pairs)) OVER (
      PARTITION BY i.plan, i.entity, i.entity_2
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS pairs_rows
  FROM subscriptions_changes_5 AS i
  WHERE i.entity IS NOT NULL
    AND i.entity_2 IS NOT NULL
  GROUP BY 3, i.entity, i.entity_2, 4
  UNION ALL
  SELECT
    'plan' AS slicing,
    'new' AS segment,
    i.plan,
    i.since,
    sum(i.pairs) AS pairs,
    sum(sum(i.pairs)) OVER (
      PARTITION BY i.plan, i.entity, i.entity_2
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS pairs_rows
  FROM subscriptions_changes_5 AS i
  WHERE i.entity IS NOT NULL
    AND i.entity_2 IS NOT NULL
    AND i.is_new
  GROUP BY 3, i.entity, i.entity_2, 4
  UNION ALL
  SELECT
    'total' AS slicing,
    'all' AS segment,
    NULL AS plan,
    i.since,
    sum(i.pairs) AS pairs,
    sum(sum(i.pairs)) OVER (
      PARTITION BY i.entity, i.entity_2
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS pairs_rows
  FROM subscriptions_changes_5 AS i
  WHERE i.entity IS NOT NULL
    AND i.entity_2 IS NOT NULL
  GROUP BY i.entity, i.entity_2, 4
  UNION ALL
  SELECT
    'total' AS slicing,
    'new' AS segment,
    NULL AS plan,
    i.since,
    sum(i.pairs) AS pairs,
    sum(sum(i.pairs)) OVER (
      PARTITION BY i.entity, i.entity_2
      ORDER BY i.since
      RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS pairs_rows
  FROM subscriptions_changes_5 AS i
  WHERE i.entity IS NOT NULL
    AND i.entity_2 IS NOT NULL
    AND i.is_new
  GROUP BY i.entity, i.entity_2, 4
),
-- pairs_time_share: what changes in each slice
subscriptions_changes_by_slice_4 AS (
  SELECT
    i.slicing,
    i.segment,
    i.plan,
    i.since,
    CASE WHEN i.pairs_rows > 0 THEN 1 ELSE 0 END
      - CASE WHEN i.pairs_rows - i.pairs > 0 THEN 1 ELSE 0 END AS pairs
  FROM subscriptions_values_4 AS i
),
-- pairs_time_share: what is there from one change to the next
pairs_time_share_states AS (
  SELECT
    i.slicing,
    i.segment,
    i.plan,
    i.since,
    COALESCE(
      lead(i.since) OVER (PARTITION BY i.slicing, i.segment, i.plan ORDER BY i.since),
      TIMESTAMP '2026-05-01 00:00:00'
    ) AS until,
    COALESCE(
      sum(sum(i.pairs)) OVER (
        PARTITION BY i.slicing, i.segment, i.plan
        ORDER BY i.since
        RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      0
    ) AS pairs
  FROM subscriptions_changes_by_slice_4 AS i
  GROUP BY 1, 2, 3, 4
),
-- pairs_time_share: the share of each period in which the condition holds
pairs_time_share_result AS (
  SELECT
    w.period_start,
    i.slicing,
    i.segment,
    i.plan,
    CAST(
      sum(
        CAST(EXTRACT(epoch FROM LEAST(i.until, w.window_end)) - EXTRACT(epoch FROM GREATEST(
          i.since,
          w.window_start
        )) AS DOUBLE PRECISION)
      ) AS DOUBLE PRECISION
    )
      / NULLIF(w.seconds, 0) AS pairs_time_share
  FROM pairs_time_share_states AS i
  JOIN times AS w
    ON i.since < w.window_end
    AND i.until > w.window_start
  WHERE i.pairs > 2
  GROUP BY 1, 2, 3, 4, w.seconds
),
-- the periods asked
spine AS (
  SELECT
    CAST(start AS DATE) AS period_start
  FROM generate_series(TIMESTAMP '2026-04-01', TIMESTAMP '2026-04-01', INTERVAL '1 month') AS periods(start)
),
-- the segments asked
segments AS (
  SELECT *
  FROM (
    VALUES
      ('all'),
      ('new')
  ) AS q(segment)
),
-- the members that occur
members AS (
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_changes AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_changes_2 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_changes_3 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_changes_4 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'plan' AS slicing,
    i.plan
  FROM subscriptions_changes_5 AS i
  GROUP BY 2
  UNION ALL
  SELECT
    'total' AS slicing,
    NULL AS plan
),
-- results of each source, and a row for every cell asked
stack AS (
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.plan,
    r.customers_time_share,
    CAST(NULL AS BIGINT) AS customers_time_share_2,
    CAST(NULL AS BIGINT) AS subscriptions_time_share,
    CAST(NULL AS BIGINT) AS pairs_time_share
  FROM customers_time_share_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.plan,
    CAST(NULL AS BIGINT) AS customers_time_share,
    r.customers_time_share_2,
    CAST(NULL AS BIGINT) AS subscriptions_time_share,
    CAST(NULL AS BIGINT) AS pairs_time_share
  FROM customers_time_share_2_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.plan,
    CAST(NULL AS BIGINT) AS customers_time_share,
    CAST(NULL AS BIGINT) AS customers_time_share_2,
    r.subscriptions_time_share,
    CAST(NULL AS BIGINT) AS pairs_time_share
  FROM subscriptions_time_share_result AS r
  UNION ALL
  SELECT
    r.period_start,
    r.slicing,
    r.segment,
    r.plan,
    CAST(NULL AS BIGINT) AS customers_time_share,
    CAST(NULL AS BIGINT) AS customers_time_share_2,
    CAST(NULL AS BIGINT) AS subscriptions_time_share,
    r.pairs_time_share
  FROM pairs_time_share_result AS r
  UNION ALL
  SELECT
    p.period_start,
    m.slicing,
    s.segment,
    m.plan,
    CAST(NULL AS BIGINT) AS customers_time_share,
    CAST(NULL AS BIGINT) AS customers_time_share_2,
    CAST(NULL AS BIGINT) AS subscriptions_time_share,
    CAST(NULL AS BIGINT) AS pairs_time_share
  FROM spine AS p
  CROSS JOIN members AS m
  CROSS JOIN segments AS s
),
-- one row a cell, with what no rows mean
cells AS (
  SELECT
    k.period_start,
    k.slicing,
    k.segment,
    k.plan,
    COALESCE(max(k.customers_time_share), 0) AS customers_time_share,
    COALESCE(max(k.customers_time_share_2), 0) AS customers_time_share_2,
    COALESCE(max(k.subscriptions_time_share), 0) AS subscriptions_time_share,
    COALESCE(max(k.pairs_time_share), 0) AS pairs_time_share
  FROM stack AS k
  GROUP BY 1, 2, 3, 4
)
SELECT
  c.period_start,
  c.slicing,
  c.segment,
  c.plan,
  c.customers_time_share AS several,
  c.customers_time_share_2 AS only_one,
  c.subscriptions_time_share AS doubled,
  c.pairs_time_share AS three_pairs
FROM cells AS c
ORDER BY
  CASE WHEN c.segment = 'all' THEN 0 WHEN c.segment = 'new' THEN 1 END,
  CASE WHEN c.slicing = 'total' THEN 0 WHEN c.slicing = 'plan' THEN 1 END,
  c.plan NULLS LAST,
  c.period_start;
