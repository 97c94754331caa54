select id, year, number, kind, amount, happened_on, document, words, line, reverses, recorded_at, account
from fund_entries
order by happened_on, recorded_at, id
