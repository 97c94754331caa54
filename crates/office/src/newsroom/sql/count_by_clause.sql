select clause, count(*) as many from stories where state in ('scheduled', 'published', 'archived') group by clause order by clause
