select r.period, r.procedure_code, r.unit, r.body
from jsonb_array_elements(cast(cast($1 as text) as jsonb)) j
join dossier_cells r on r.period = j ->> 0 and r.procedure_code = j ->> 1 and r.unit = j ->> 2
