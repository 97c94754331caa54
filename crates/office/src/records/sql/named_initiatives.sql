select id, code, name from initiatives order by code
