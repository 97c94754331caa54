select programmes.unit, programme_lines.clause, programme_lines.task, programme_lines.figure, programme_lines.due_on
from programme_lines
join programme_versions on programme_versions.id = programme_lines.edition
join programmes on programmes.id = programme_versions.programme
where ($1 = '' or programme_lines.clause = $1)
    and programme_versions.state = 'approved'
    and programme_versions.number = (
        select max(later.number) from programme_versions as later
        where later.programme = programme_versions.programme and later.state = 'approved'
    )
order by programmes.unit, programme_lines.position
