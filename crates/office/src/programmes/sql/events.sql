select programme_events.programme, programmes.unit, programme_events.number, programme_events.state,
    programme_events.happened_on, programme_events.happened_at, programme_events.name, programme_events.reason
from programme_events
join programmes on programmes.id = programme_events.programme
where programme_events.happened_on <= $1
order by programme_events.happened_at, programme_events.id
