select r.period, r.procedure_code, r.unit, r.body
from json_each($1) j
join dossier_cells r on r.period = j.value ->> 0 and r.procedure_code = j.value ->> 1 and r.unit = j.value ->> 2
