select period_start, 'total' as slicing, 'all' as segment, positive::double as mention_positive_share, neutral::double as mention_neutral_share,
  negative::double as mention_negative_share, whole::double as all_shares
from (values
  (date '2026-01-01', 0.75, 0.15, 0.10, 1),
  ('2026-02-01', 1, 0, 0, 1),
  ('2026-03-01', null, null, null, null)) t(period_start, positive, neutral, negative, whole)
