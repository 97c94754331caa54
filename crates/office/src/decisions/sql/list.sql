select id, series, year, number, campaign, state, place, issued_on, capacity, signer, gap_reason, created_by, version
from decisions
order by year desc, number desc nulls first, id desc
