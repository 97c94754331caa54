update findings
set closed_by = $3, closed_name = $4, closed_on = $5, closed_words = $6, version = version + 1
where id = $1 and version = $2
