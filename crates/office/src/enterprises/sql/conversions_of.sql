select id, enterprise, kind, size_before, size_after, became, document,
    clause, unit, happened_on, recorded_on, recorded_by, withdrawn_on, withdrawn_by, withdrawn_why, version
from enterprise_conversions
where enterprise in (select one.id from enterprises as one where one.id = $1 or one.merged_into = $1)
order by happened_on desc, id desc
