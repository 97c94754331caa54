select id, tax_code, name, kind, commune, version
from enterprises
where (search_key like $1 or tax_code like $2)
  and (sort_key, id) > ($3, $4)
order by sort_key, id
limit $5
