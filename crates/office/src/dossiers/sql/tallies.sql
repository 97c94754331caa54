select procedure_code, month, unit, measure, value, many
from dossier_tallies
where procedure_code = $1 and ($2 = '' or month >= $2) and ($3 = '' or month <= $3) and ($4 = '' or unit = $4) and many <> 0
