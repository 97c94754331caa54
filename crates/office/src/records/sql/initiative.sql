select id, code, name, recognised_on, scope, replicable, document, version from initiatives where id = $1
