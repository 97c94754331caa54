select nominations.award, campaigns.year
from nomination_initiatives
join nominations on nominations.id = nomination_initiatives.nomination
join campaigns on campaigns.id = nominations.campaign
where nomination_initiatives.initiative = $1
    and nominations.id <> $2
    and nominations.subject = 'person'
    and nominations.subject_id = $3
    and nominations.state in ('draft', 'submitted', 'returned', 'accepted', 'passed', 'deferred')
order by nominations.id
