insert into initiatives (id, code, name, search_key, recognised_on, scope, replicable, document, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
