insert into petition_escalations (clock, petition, escalated_at) values ($1, $2, $3)
on conflict (clock) do nothing
