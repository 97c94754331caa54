select objections.id, objections.nomination, objections.account, objections.statement, objections.raised_on,
    objections.settled_on, objections.settlement, objections.upheld
from objections
join nominations on nominations.id = objections.nomination
where nominations.campaign = $1
order by objections.id
