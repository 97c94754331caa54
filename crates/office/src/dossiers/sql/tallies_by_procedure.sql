select procedure_code, measure, value, cast(sum(many) as bigint) as many
from dossier_tallies
where procedure_code <> '' and ($1 = '' or month >= $1) and ($2 = '' or month <= $2) and ($3 = '' or unit = $3)
group by procedure_code, measure, value
