select id, enterprise, partner, partner_name, kind, what, outcome, outcome_on, outcome_words,
    clause, unit, happened_on, recorded_on, recorded_by, withdrawn_on, withdrawn_by, withdrawn_why, version
from enterprise_connections
where enterprise in (select one.id from enterprises as one where one.id = $1 or one.merged_into = $1)
    or partner in (select one.id from enterprises as one where one.id = $1 or one.merged_into = $1)
order by happened_on desc, id desc
