insert into ballot_counters (motion, choice, first, second) values ($1, $2, $3, $4)
on conflict (motion, choice) do update set first = excluded.first, second = excluded.second
