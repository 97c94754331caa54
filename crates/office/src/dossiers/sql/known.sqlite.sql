select code, source, unit, procedure_code, month, status, channel, received_on, due_on, finished_on, asked_on, supplied_on, supplements, legal_days, committed_days, input_digitised, result_digitised, rating, class, held_to, days, due_has_waiting, answer
from dossiers where code in (select value from json_each($1))
