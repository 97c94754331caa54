insert into covenant_signatures (edition, unit, position) values ($1, $2, $3)
