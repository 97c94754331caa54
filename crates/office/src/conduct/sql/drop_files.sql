delete from conduct_files where report = $1
