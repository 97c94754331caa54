select initiative_cases.id, initiative_cases.unit, min(initiative_decisions.decided_on) as first_on
from initiative_cases
join initiative_decisions on initiative_decisions.initiative = initiative_cases.id
    and initiative_decisions.kind = 'recognition'
where initiative_cases.state = 'recognised'
group by initiative_cases.id, initiative_cases.unit
order by initiative_cases.id
