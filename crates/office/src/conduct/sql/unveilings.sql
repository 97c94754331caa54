select id, report, asker, asked_on, reason_box, state, second_holder, settled_on, asker_box, second_box, version
from conduct_unveilings
where report = $1
order by asked_on, id
