with
  months(period, first, last) as (values
    ('2022-10', date '2022-10-02', date '2022-10-29'), ('2022-11', '2022-10-30', '2022-11-26'), ('2022-12', '2022-11-27', '2022-12-31'),
    ('2022-13', '2023-01-01', '2023-01-28'), ('2023-02', '2023-01-29', '2023-02-25'), ('2023-08', '2023-07-30', '2023-08-26'),
    ('2023-09', '2023-08-27', '2023-09-30'), ('2023-10', '2023-10-01', '2023-10-28'), ('2023-11', '2023-10-29', '2023-11-25'),
    ('2023-12', '2023-11-26', '2023-12-30'), ('2023-13', '2023-12-31', '2024-02-03'), ('2024-02', '2024-02-04', '2024-03-02')),
  asked(period, before, two_before, quarter_before, year_before, year_and_month_before, quarter, year) as (values
    ('2023-11', '2023-10', '2023-09', '2023-08', '2022-11', '2022-10', date '2023-10-29', date '2023-01-29'),
    ('2023-12', '2023-11', '2023-10', '2023-09', '2022-12', '2022-11', '2023-10-29', '2023-01-29'),
    ('2023-13', '2023-12', '2023-11', '2023-10', '2022-13', '2022-12', '2023-10-29', '2023-01-29'),
    ('2024-02', '2023-13', '2023-12', '2023-11', '2023-02', '2022-13', '2024-02-04', '2024-02-04')),
  by_month as (select period, sum(sales) as sales from months join sales on day between first and last group by 1)
select m.first as period_start, 'total' as slicing, 'all' as segment, own.sales, b.sales as before, q.sales as quarter_before, y.sales as year_before,
  ym.sales as year_and_month_before,
  (select sum(sales) from sales where day between a.quarter and m.last) as of_the_quarter,
  (select sum(sales) from sales where day between a.year and m.last) as of_the_year,
  (select sum(sales) from sales where day between m.last - 363 and m.last) as of_52_weeks,
  (own.sales - t.sales) / 2 as trend
from asked a
join months m on m.period = a.period
join by_month own on own.period = a.period
join by_month b on b.period = a.before
join by_month t on t.period = a.two_before
join by_month q on q.period = a.quarter_before
join by_month y on y.period = a.year_before
join by_month ym on ym.period = a.year_and_month_before
order by 1
