select cast(k.table_name as text) as table_name, cast(k.column_name as text) as column_name
from information_schema.table_constraints as c
join information_schema.key_column_usage as k
    on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name and k.table_name = c.table_name
where c.table_schema = current_schema() and c.constraint_type = 'PRIMARY KEY'
order by k.table_name, k.ordinal_position
