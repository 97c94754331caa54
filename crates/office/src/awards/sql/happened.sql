select nomination, at, verb, reason, state, verdict from nomination_events where nomination = $1 order by at, id
