-- Students of a month are those who hand in something. The median and the ninth tenth lie between neighbours where
-- need be; the correlation and the spread are written out. A student's band is that of all modules together.
with
  starts as (
    select *, make_date(code_presentation[1:4]::int, if(code_presentation[5:5] = 'B', 2, 10), 1) as day_0 from oulad.courses
  ),
  work as (
    select code_module as module, id_student, date_trunc('month', day_0 + date_submitted::int)::date as month,
      coalesce(date_submitted <= date, false) as punctual
    from oulad.submissions join oulad.assessments using (id_assessment) join starts using (code_module, code_presentation)
    where is_banked = 0
  ),
  slices as (select 'total' as slicing, null as module, * exclude (module) from work union all select 'module', module, * exclude (module) from work),
  of_each as (
    select month, slicing, module, id_student, count(*)::double as x, count(*) filter (where punctual)::double as y from slices group by all
  ),
  bands as (select month, id_student, count(*) >= 3 as is_busy from work group by all),
  busy as (
    select month, slicing, module, count(*) filter (where is_busy) / count(*) as share
    from slices join bands using (month, id_student) group by all
  ),
  ranked as (
    select *, row_number() over (partition by month, slicing, module order by x) as nr, count(*) over (partition by month, slicing, module) as n
    from of_each
  ),
  quantiles as (
    select month, slicing, module,
      max(x) filter (where nr = floor((n - 1) * 0.5) + 1) as low5, max(x) filter (where nr = ceil((n - 1) * 0.5) + 1) as high5,
      max(x) filter (where nr = floor((n - 1) * 0.9) + 1) as low9, max(x) filter (where nr = ceil((n - 1) * 0.9) + 1) as high9,
      any_value((n - 1) * 0.9 - floor((n - 1) * 0.9)) as part9
    from ranked group by all
  ),
  sums as (
    select month, slicing, module, count(*)::double as n, sum(x) as x, sum(y) as y, sum(x * x) as xx, sum(y * y) as yy, sum(x * y) as xy
    from of_each group by all
  ),
  months as (select unnest(generate_series(date '2014-03-01', date '2014-04-01', interval 1 month))::date as month)
select c.month as period_start, c.slicing, 'all' as segment, c.module,
  x / n as pieces_per_learner, (low5 + high5) / 2 as median_pieces, low9 + part9::double * (high9 - low9) as most_pieces,
  case when n > 1 then sqrt((xx - x * x / n) / (n - 1)) end as spread_of_pieces,
  case when n * xx - x * x > 0 and n * yy - y * y > 0
    then (n * xy - x * y) / sqrt((n * xx - x * x) * (n * yy - y * y)) end as punctual_and_busy,
  share as work_of_the_busy
from (
  select month, slicing, module from months cross join (
    select distinct slicing, module from slices where month >= '2014-03-01' and month < '2014-05-01'
  )
) c
left join quantiles q on q.month = c.month and q.slicing = c.slicing and q.module is not distinct from c.module
left join sums s on s.month = c.month and s.slicing = c.slicing and s.module is not distinct from c.module
left join busy b on b.month = c.month and b.slicing = c.slicing and b.module is not distinct from c.module
order by c.slicing = 'module', c.module, c.month
