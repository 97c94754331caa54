select id, code, name, recognised_on, scope, replicable, document, scope_on, scope_document, version from initiatives where id = $1
