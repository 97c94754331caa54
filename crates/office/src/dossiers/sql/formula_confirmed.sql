select document, confirmed_at from cost_formula_confirmations where formula = $1 and version = $2
