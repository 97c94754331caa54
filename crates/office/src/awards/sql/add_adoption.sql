insert into adoptions (id, template, document, account, adopted_on) values ($1, $2, $3, $4, $5)
