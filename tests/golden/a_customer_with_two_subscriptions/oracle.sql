select date '2026-01-01' as period_start, slicing, 'all' as segment, plan, at_the_end, subscriptions / 31 as average_subscriptions, subscribers / 31 as average_subscribers
from (values
  ('total', null, 1, 42, 32),
  ('plan', 'basic', 0, 20, 20),
  ('plan', 'pro', 1, 22, 22)) t(slicing, plan, at_the_end, subscriptions, subscribers)
