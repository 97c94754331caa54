delete from conduct_messages where report = $1
