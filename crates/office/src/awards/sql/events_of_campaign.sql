select nomination_events.nomination, nomination_events.at, nomination_events.verb, nomination_events.reason,
    nomination_events.state, nomination_events.verdict
from nomination_events
join nominations on nominations.id = nomination_events.nomination
where nominations.campaign = $1
order by nomination_events.at, nomination_events.id
