update objections
set settled_on = $2, settled_by = $3, settlement = $4, upheld = $5
where id = $1 and settled_on is null
