select id from conduct_reports where erased_on is null and closed_on <= $1
