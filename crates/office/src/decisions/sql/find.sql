select id, series, year, number, campaign, state, place, issued_on, capacity, signer, gap_reason, created_by, annulled_on, version
from decisions
where id = $1
