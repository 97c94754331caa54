select clause, count(*) as many from initiative_cases where state not in ('draft', 'withdrawn') group by clause order by clause
