insert into cost_formula_confirmations (formula, version, document, account, confirmed_at) values ($1, $2, $3, $4, $5)
on conflict (formula, version) do nothing
