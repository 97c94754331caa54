select clause, count(*) as many from inspections where state <> 'cancelled' group by clause order by clause
