select initiatives.id, initiatives.code, initiatives.name, initiatives.recognised_on, initiatives.scope,
    initiatives.replicable, initiatives.document, initiatives.scope_on, initiatives.scope_document, initiatives.version
from initiatives
join initiative_authors on initiative_authors.initiative = initiatives.id
where initiative_authors.person = $1
order by initiatives.code
