select id, enterprise, kind, what, document, clause, unit, happened_on, recorded_on, recorded_by, withdrawn_on, withdrawn_by, withdrawn_why, version
from enterprise_supports
order by happened_on desc, id desc
