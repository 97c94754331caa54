select id, code, name, recognised_on, scope, replicable, document, scope_on, scope_document, version
from initiatives
where search_key like $1
order by code
limit $2
