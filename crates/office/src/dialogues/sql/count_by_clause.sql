select clause, count(*) as many from dialogues where state <> 'cancelled' group by clause order by clause
