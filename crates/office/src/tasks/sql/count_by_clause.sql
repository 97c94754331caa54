select clause, count(*) as many from tasks where state <> 'cancelled' group by clause order by clause
