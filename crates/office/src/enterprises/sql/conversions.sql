select id, enterprise, kind, size_before, size_after, became, document,
    clause, unit, happened_on, recorded_on, recorded_by, withdrawn_on, withdrawn_by, withdrawn_why, version
from enterprise_conversions
order by happened_on desc, id desc
