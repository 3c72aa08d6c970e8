select * from (values
  (date '2026-01-01', 'total', 'all', 70.00, 840.00, 3, 70 / 3.0, 2, 2 / 3.0, 1 / 3.0, 70 / 50::double - 1, 0.4, 1 / 3.0),
  (date '2026-02-01', 'total', 'all', 52.50, 630.00, 3, 17.5, 1, 1 / 3.0, 2 / 3.0, 52.5 / 70::double - 1, 30 / 70.0, 1.0)
) t(period_start, slicing, segment, mrr, arr, subscribers, arpu, new_subscriptions, churn_rate, retention_rate, mrr_growth,
  mrr_churn_rate, trial_conversion_rate)
