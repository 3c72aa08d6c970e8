with known as (
  select date_trunc('month', started_at + if(started_at < timestamp '2026-03-29 01:00:00', 1, 2) * interval 1 hour)::date as m,
    channel, visitor_id, pages
  from visits where started_at >= timestamp '2025-12-31 23:00:00' and started_at < timestamp '2026-04-20 22:00:00'
), months as (select make_date(2026, k, 1) as m from range(1, 6) r(k)),
places as (
  select 'total' as slicing, null as channel union all
  select 'channel', 'shop' union all select 'channel', 'web' union all select 'channel', null
), cells as (
  select m, slicing, p.channel, segment, m < date '2026-05-01' as begun
  from months, places p, (values ('all'), ('web')) s(segment)
), found as (
  select c.*, k.visitor_id, k.pages from cells c left join known k on k.m = c.m
    and (c.slicing = 'total' or c.channel is not distinct from k.channel)
    and (c.segment = 'all' or k.channel = 'web')
)
select m as period_start, slicing, segment, channel,
  if(begun, count(pages), null) as visits,
  if(begun, coalesce(sum(pages), 0), null) as pages,
  avg(pages) as mean_pages,
  median(pages) as middle,
  if(begun, count(distinct visitor_id), null) as visitors,
  count(distinct visitor_id) filter (pages > 2) / nullif(count(distinct visitor_id), 0)::double as share
from found
group by m, slicing, segment, channel, begun
order by segment, slicing desc, channel nulls last, m
