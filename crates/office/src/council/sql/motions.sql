select id, nomination, position, ballot, share_bp, share_of, citation, members, recused, tally, outcome
from motions
where meeting = $1
order by position
