delete from decision_lines where decision = $1 and code is null and exception_reason is null
