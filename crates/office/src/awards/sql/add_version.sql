insert into nomination_versions (nomination, number, made_at, snapshot, verdict, answer, cause)
values ($1, $2, $3, $4, $5, $6, $7)
