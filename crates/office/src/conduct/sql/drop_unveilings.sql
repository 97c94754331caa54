delete from conduct_unveilings where report = $1
