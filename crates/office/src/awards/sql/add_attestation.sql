insert into attestations (id, nomination, statement, document, account, attested_on) values ($1, $2, $3, $4, $5, $6)
