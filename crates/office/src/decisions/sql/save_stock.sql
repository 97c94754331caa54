update stocks set layout = $2, version = version + 1 where award = $1 and version = $3
