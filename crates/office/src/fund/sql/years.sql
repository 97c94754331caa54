select year, closed_on, closed_by, opening, income, bonuses, expenses, balance from fund_years order by year
