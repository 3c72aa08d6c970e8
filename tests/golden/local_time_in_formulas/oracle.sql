select * from (values
  (date '2026-01-01', 'weekday', 'all', 2, 1, 0, 0, 1, 0, 0, 1, 0, 86400.0::double, 86399.0::double, 1),
  (date '2026-01-01', 'weekday', 'all', 3, 1, 1, 1, 0, 1, 1, 1, 1, 86400.0::double, 1800.0::double, 0),
  (date '2026-01-01', 'weekday', 'all', 6, 1, 0, 0, 1, 0, 0, 1, 0, 82800.0::double, 43200.0::double, 0)
) t(period_start, slicing, segment, weekday, visits, april, april_seen, not_first, early, early_seen, same_day, next_day,
  a_day_on, of_the_day, in_march)
