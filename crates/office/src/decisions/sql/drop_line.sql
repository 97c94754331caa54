delete from decision_lines where id = $1 and code is null
