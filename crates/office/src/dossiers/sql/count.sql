select count(*) as many
from dossiers
where ($1 = '' or month >= $1) and ($2 = '' or month <= $2) and ($3 = '' or unit = $3) and ($4 = '' or procedure_code = $4)
    and ($5 = ''
        or ($5 = 'accepted' and class <> 'outside')
        or ($5 = class and class <> 'open')
        or ($5 = 'open' and class = 'open' and held_to >= $6)
        or ($5 = 'open_late' and class = 'open' and held_to < $6)
        or ($5 = 'in_time' and class in ('before', 'on_time'))
        or ($5 = 'judged' and (class in ('before', 'on_time', 'overdue') or (class = 'open' and held_to < $6)))
        or ($5 = 'ended' and class <> 'outside' and days is not null)
        or ($5 = 'online' and class <> 'outside' and channel = 'online')
        or ($5 = 'channel' and class <> 'outside' and channel is not null)
        or ($5 = 'input' and class <> 'outside' and input_digitised)
        or ($5 = 'input_known' and class <> 'outside' and input_digitised is not null)
        or ($5 = 'result' and class <> 'outside' and days is not null and result_digitised)
        or ($5 = 'result_known' and class <> 'outside' and days is not null and result_digitised is not null)
        or ($5 = 'rated' and class <> 'outside' and days is not null and rating is not null))
