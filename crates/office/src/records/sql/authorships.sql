select initiative_authors.person, initiatives.id, initiatives.code, initiatives.name, initiatives.recognised_on,
    initiatives.scope, initiatives.replicable, initiatives.document, initiatives.scope_on, initiatives.scope_document, initiatives.version
from initiative_authors
join initiatives on initiatives.id = initiative_authors.initiative
order by initiative_authors.person, initiatives.code
