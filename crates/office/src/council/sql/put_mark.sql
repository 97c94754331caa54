insert into ballot_marks (meeting, member, voted) values ($1, $2, $3)
on conflict (meeting, member) do update set voted = excluded.voted
