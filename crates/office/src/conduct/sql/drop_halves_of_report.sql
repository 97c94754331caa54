delete from conduct_halves where unveiling in (select id from conduct_unveilings where report = $1)
