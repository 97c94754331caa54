insert into objections (id, nomination, account, statement, raised_on) values ($1, $2, $3, $4, $5)
