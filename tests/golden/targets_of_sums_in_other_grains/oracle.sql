select period_start, 'total' as slicing, 'all' as segment,
  revenue as monthly, 70 as monthly_target, revenue / 70 as monthly_attainment, revenue / 70 as monthly_pacing, monthly_status, revenue as monthly_projected,
  revenue as half_march, null::double as half_march_target, null::double as half_march_attainment, null::double as half_march_pacing, 'no_target' as half_march_status, revenue as half_march_projected,
  revenue as budget, 70 as budget_target, 1 - (revenue - 70) / 70 as budget_attainment, 1 - (revenue - 70) / 70 as budget_pacing, budget_status, revenue as budget_projected,
  revenue as growing, growing_target, revenue / nullif(growing_target, 0) as growing_attainment, revenue / nullif(growing_target, 0) as growing_pacing, growing_status, revenue as growing_projected
from (values
  (date '2028-02-21', 0::double, 'off_track', 'on_track', 0::double, 'on_track'),
  (date '2028-02-28', 600, 'on_track', 'off_track', 0, 'on_track'),
  (date '2028-03-06', 0, 'off_track', 'on_track', 660, 'off_track'),
  (date '2028-03-13', 0, 'off_track', 'on_track', 0, 'on_track')
) as t(period_start, revenue, monthly_status, budget_status, growing_target, growing_status)
order by period_start
