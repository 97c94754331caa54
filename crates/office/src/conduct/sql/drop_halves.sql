delete from conduct_halves where unveiling = $1
