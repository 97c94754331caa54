select code, source, unit, procedure_code, month, status, channel, received_on, due_on, finished_on, asked_on, supplied_on, supplements, legal_days, committed_days, input_digitised, result_digitised, rating, class, held_to, days, due_has_waiting, answer
from dossiers
where ($1 = '' or month >= $1) and ($2 = '' or month <= $2) and ($3 = '' or unit = $3) and ($4 = '' or procedure_code = $4)
    and ($5 = ''
        or ($5 = 'accepted' and class <> 'outside')
        or ($5 = class and class in ('before', 'on_time'))
        or ($5 = 'in_time' and class in ('before', 'on_time'))
        or ($5 = 'judged' and (class in ('before', 'on_time', 'overdue') or (class = 'open' and held_to < $6)))
        or ($5 = 'ended' and class <> 'outside' and days is not null)
        or ($5 = 'online' and class <> 'outside' and channel = 'online')
        or ($5 = 'channel' and class <> 'outside' and channel is not null)
        or ($5 = 'input' and class <> 'outside' and input_digitised)
        or ($5 = 'input_known' and class <> 'outside' and input_digitised is not null)
        or ($5 = 'result' and class <> 'outside' and days is not null and result_digitised)
        or ($5 = 'result_known' and class <> 'outside' and days is not null and result_digitised is not null)
        or ($5 = 'rated' and class <> 'outside' and days is not null and rating is not null)
        or ($5 = 'answered' and class <> 'outside' and days is not null and answer is not null))
    and code > $7
order by code limit $8
