-- The company has 1,000 and 1,100, the web of that 400 and 450, the shops nothing of their own.
-- 1,030 of 1,000 is on track, 1,070 of 1,100 (97.3 %) and 380 of 400 (95 %) are at risk.
select period_start, slicing, 'all' as segment, channel,
  revenue, target as revenue_target, revenue / target as revenue_attainment, revenue / target as revenue_pacing,
  status as revenue_status, revenue as revenue_projected
from (values
  (1, date '2026-01-01', 'total', null, 1030.00::double, 1000.00::double, 'on_track'),
  (2, date '2026-02-01', 'total', null, 1070.00, 1100.00, 'at_risk'),
  (3, date '2026-01-01', 'channel', 'shop', 650.00, null, 'no_target'),
  (4, date '2026-02-01', 'channel', 'shop', 600.00, null, 'no_target'),
  (5, date '2026-01-01', 'channel', 'web', 380.00, 400.00, 'at_risk'),
  (6, date '2026-02-01', 'channel', 'web', 470.00, 450.00, 'on_track')
) as t(place, period_start, slicing, channel, revenue, target, status)
order by place
