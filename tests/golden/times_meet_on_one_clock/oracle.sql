-- Worked out by hand, on a calendar and three clocks.
select * from (values
  (date '2026-03-01', 'total', 'all', null::date, 1, 2, 2, 221401::double, 1),
  (date '2026-03-01', 'ordered_on', 'all', date '2026-03-28', 0, 0, 0, 48600::double, 1),
  (date '2026-03-01', 'ordered_on', 'all', date '2026-03-29', 1, 1, 1, 86400::double, 0),
  (date '2026-03-01', 'ordered_on', 'all', date '2026-03-31', 0, 1, 1, 86401::double, 0)
) t(period_start, slicing, segment, ordered_on, on_sundays, from_29, late, shipping_time, seen_after)
