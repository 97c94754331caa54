select clause, count(*) as many from indicators group by clause order by clause
