select day as period_start, 'total' as slicing, 'all' as segment, count(*) as visits from visits group by day order by day
