select c.procedure_code, c.version, c.body, c.reason, c.saved_at
from procedure_costs c
where c.version = (select max(o.version) from procedure_costs o where o.procedure_code = c.procedure_code)
order by c.procedure_code
