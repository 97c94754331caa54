select overrules.nomination, overrules.kind, overrules.reason, overrules.account, overrules.overruled_on
from overrules
join nominations on nominations.id = overrules.nomination
where nominations.campaign = $1
order by overrules.id
