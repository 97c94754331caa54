select cast(c.table_name as text) as table_name, cast(c.column_name as text) as column_name, cast(c.data_type as text) as kind
from information_schema.columns as c
join information_schema.tables as t on t.table_schema = c.table_schema and t.table_name = c.table_name
where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.table_name <> '_sqlx_migrations'
order by cast(c.table_name as text) collate "C", c.ordinal_position
