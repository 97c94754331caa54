select settled_on from nominations where id = $1
