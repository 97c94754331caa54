select clause, count(*) as many from achievements group by clause order by clause
