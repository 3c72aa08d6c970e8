with
  months(first, low, high, before, quarter) as (values
    (date '2026-02-02', timestamp '2026-02-01 23:00', timestamp '2026-03-01 23:00', timestamp '2025-12-28 23:00', timestamp '2025-12-28 23:00'),
    ('2026-03-02', '2026-03-01 23:00', '2026-03-29 22:00', '2026-02-01 23:00', '2025-12-28 23:00'),
    ('2026-03-30', '2026-03-29 22:00', '2026-05-03 22:00', '2026-03-01 23:00', '2026-03-29 22:00')),
  kept as (
    select o.*, s.segment, 'total' as slicing, null as member from orders o, (values ('all'), ('cheap')) s(segment)
    where channel is distinct from 'phone' and (s.segment = 'all' or amount < 50)
    union all
    select o.*, s.segment, 'channel', channel from orders o, (values ('all'), ('cheap')) s(segment)
    where channel is distinct from 'phone' and (s.segment = 'all' or amount < 50)),
  cells as (
    select first, low, high, before, quarter, segment, slicing, member
    from months, (values ('all'), ('cheap')) s(segment), (values ('total', null), ('channel', 'web'), ('channel', 'shop'), ('channel', null)) m(slicing, member))
select first as period_start, slicing, segment, member as channel, revenue, buyers, revenue / nullif(buyers, 0) as revenue_per_buyer, buyers_before, buyers_of_the_quarter,
  revenue / nullif(whole, 0) as share
from (
  select c.*,
    (select coalesce(sum(amount), 0) from kept k where k.segment = c.segment and k.slicing = c.slicing and k.member is not distinct from c.member and placed_at >= low and placed_at < high) as revenue,
    (select count(distinct buyer) from kept k where k.segment = c.segment and k.slicing = c.slicing and k.member is not distinct from c.member and placed_at >= low and placed_at < high) as buyers,
    (select count(distinct buyer) from kept k where k.segment = c.segment and k.slicing = c.slicing and k.member is not distinct from c.member and placed_at >= before and placed_at < low) as buyers_before,
    (select count(distinct buyer) from kept k where k.segment = c.segment and k.slicing = c.slicing and k.member is not distinct from c.member and placed_at >= quarter and placed_at < high) as buyers_of_the_quarter,
    (select coalesce(sum(amount), 0) from kept k where k.segment = c.segment and k.slicing = 'total' and placed_at >= low and placed_at < high) as whole
  from cells c)
order by segment, slicing desc, member nulls last, first
