select t.name as table_name, f."table" as constraint_name from sqlite_schema as t, pragma_foreign_key_list(t.name) as f where t.type = 'table'
