select t.name as table_name, c.name as column_name, c.type as kind
from sqlite_schema as t, pragma_table_info(t.name) as c
where t.type = 'table' and t.name not like 'sqlite%' and t.name <> '_sqlx_migrations'
order by t.name, c.cid
