with known as (select * from orders where channel <> 'shop' and day <= date '2026-02-10'),
members as (
  select distinct 'channel' as slicing, channel, null as device from known
  union select distinct 'channel,device', channel, device from known
),
cells as (
  select period_start, slicing, segment, channel, device from members
  cross join (values (date '2026-01-01'), (date '2026-02-01')) p(period_start)
  cross join (values ('all'), ('large')) s(segment)
),
sums as (
  select c.*,
    (select sum(amount) from known k where date_trunc('month', k.day) = c.period_start and k.channel = c.channel
       and (c.slicing = 'channel' or k.device = c.device) and (c.segment = 'all' or k.amount >= 20)) as revenue,
    (select sum(amount) from known k where date_trunc('month', k.day) = c.period_start and k.channel = c.channel
       and (c.slicing = 'channel' or k.device = c.device) and (c.segment = 'all' or k.amount >= 20) and k.device = 'desktop') as desktop
  from cells c
)
select period_start, slicing, segment, channel, device,
  (select 1 + count(*) from sums o where (o.period_start, o.slicing, o.segment) = (s.period_start, s.slicing, s.segment) and o.revenue > s.revenue)
    * case when revenue is null then null else 1 end as place,
  (select 1 + count(*) from sums o where (o.period_start, o.slicing, o.segment) = (s.period_start, s.slicing, s.segment) and o.desktop > s.desktop)
    * case when desktop is null then null else 1 end as desktop_place,
  (select sum(revenue) from sums o where (o.period_start, o.slicing, o.segment) = (s.period_start, s.slicing, s.segment) and o.revenue >= s.revenue)
    / (select sum(revenue) from sums o where (o.period_start, o.slicing, o.segment) = (s.period_start, s.slicing, s.segment)) as share_so_far
from sums s
order by segment, len(slicing), channel, device nulls last, period_start
