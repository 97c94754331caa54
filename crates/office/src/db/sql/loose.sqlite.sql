select "table" as table_name, "parent" as constraint_name from pragma_foreign_key_check limit 1
