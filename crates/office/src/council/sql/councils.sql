select id, name, document, from_on, until_on from councils order by from_on desc, id
