select * from (values
  (date '2026-01-01', 'total', 'all', null, 220 / 3.0, 20 / 220.0, 0.425, 85.0),
  (date '2026-02-01', 'total', 'all', null, 55.0, 10 / 110.0, 0.55, 0.55::double * 100),
  (date '2026-01-01', 'device', 'all', 'desktop', 60.0, 20 / 120.0, 0.4, 40.0),
  (date '2026-02-01', 'device', 'all', 'desktop', 10.0, 0.0, 1.0, 10.0),
  (date '2026-01-01', 'device', 'all', 'mobile', 100.0, 0.0, 0.45, 45.0),
  (date '2026-02-01', 'device', 'all', 'mobile', 100.0, 0.1, 0.5, 45.0)
) t(period_start, slicing, segment, device, aov, discount_rate, gross_margin_rate, margin)
