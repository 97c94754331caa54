select code, source, unit, procedure_code, month, status, channel, received_on, due_on, finished_on, asked_on, supplied_on, supplements, legal_days, committed_days, input_digitised, result_digitised, rating, class, held_to, days, due_has_waiting, answer
from dossiers
where class not in ('before', 'on_time')
    and ($1 = '' or month >= $1) and ($2 = '' or month <= $2) and ($3 = '' or unit = $3) and ($4 = '' or procedure_code = $4)
    and (($5 = 'open_late' and class = 'open' and held_to < $6)
        or ($5 = 'open' and class = 'open' and held_to >= $6)
        or ($5 = class and class <> 'open'))
    and code > $7
order by code limit $8
