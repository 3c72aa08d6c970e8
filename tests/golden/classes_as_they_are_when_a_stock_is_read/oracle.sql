with known(period_start, class, subs_end, days, stock_end, staff_end, staff_average) as (values
  (date '2026-01-01', 'silver', 2, 49, 0, 0, 0), ('2026-02-01', 'silver', 0, 4, 0, 0, 0),
  ('2026-01-01', 'gold', 0, 0, 0, 0, 0), ('2026-02-01', 'gold', 1, 33, 0, 0, 0),
  ('2026-01-01', null, 1, 12, 0, 0, 0), ('2026-02-01', null, 1, 28, 0, 0, 0),
  ('2026-01-01', 'slow', 0, 0, 5, 0, 0), ('2026-02-01', 'slow', 0, 0, 0, 0, 0),
  ('2026-01-01', 'fast', 0, 0, 0, 0, 0), ('2026-02-01', 'fast', 0, 0, 7, 0, 0),
  ('2026-01-01', 'red', 0, 0, 0, 2, 2), ('2026-02-01', 'red', 0, 0, 0, 0, 0.5),
  ('2026-01-01', 'blue', 0, 0, 0, 0, 0), ('2026-02-01', 'blue', 0, 0, 0, 2, 1.5))
select * from (
select period_start, 'class' as slicing, 'all' as segment, class, subs_end,
  days::double / case month(period_start) when 1 then 31 else 28 end as subs_average, stock_end, staff_end, staff_average::double as staff_average from known
union all
select period_start, 'total', 'all', null, sum(subs_end), sum(days)::double / case month(period_start) when 1 then 31 else 28 end,
  sum(stock_end), sum(staff_end), sum(staff_average)::double from known group by period_start
) order by slicing = 'class', class nulls last, period_start
