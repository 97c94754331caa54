select programme_lines.clause, count(*) as many
from programme_lines
join programme_versions on programme_versions.id = programme_lines.edition
where programme_versions.state = 'approved'
    and programme_versions.number = (
        select max(later.number) from programme_versions as later
        where later.programme = programme_versions.programme and later.state = 'approved'
    )
group by programme_lines.clause
order by programme_lines.clause
