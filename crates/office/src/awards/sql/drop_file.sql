delete from nomination_files where id = $1 and nomination = $2
