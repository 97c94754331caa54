select from_on, name, document from unit_names where unit = $1 order by from_on
