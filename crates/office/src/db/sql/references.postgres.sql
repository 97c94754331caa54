select cast(t.relname as text) as table_name, cast(c.conname as text) as constraint_name
from pg_constraint as c
join pg_class as t on t.oid = c.conrelid
join pg_namespace as n on n.oid = t.relnamespace
where c.contype = 'f' and n.nspname = current_schema()
order by t.relname, c.conname
