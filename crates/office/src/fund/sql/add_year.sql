insert into fund_years (year, closed_on, closed_by, opening, income, bonuses, expenses, balance)
values ($1, $2, $3, $4, $5, $6, $7, $8)
