select t.name as table_name, c.name as column_name
from sqlite_schema as t, pragma_table_info(t.name) as c
where t.type = 'table' and c.pk > 0
order by t.name, c.pk
