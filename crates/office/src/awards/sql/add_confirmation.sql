insert into confirmations (id, rule, rule_version, document, article_text, account, confirmed_on)
values ($1, $2, $3, $4, $5, $6, $7)
