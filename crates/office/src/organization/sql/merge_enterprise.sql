update enterprises set merged_into = $3, version = version + 1 where id = $1 and version = $2
