select happened_on, verb, was, became, reason from line_events where line = $1 order by id
