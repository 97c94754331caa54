select one.id as one, other.id as other, one.name as one_name, other.name as other_name,
    one.tax_code as one_code, other.tax_code as other_code
from enterprises as one
join enterprises as other on other.search_key = one.search_key and other.kind = one.kind and other.id > one.id
where one.merged_into is null and other.merged_into is null
order by one.sort_key, one.id, other.id
limit $1
