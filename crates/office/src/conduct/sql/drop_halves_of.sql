delete from conduct_halves where holder = $1
