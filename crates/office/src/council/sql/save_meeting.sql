update meetings set state = $3, tally_digest = $4, version = version + 1 where id = $1 and version = $2
