select box from conduct_halves where unveiling = $1 and holder = $2
