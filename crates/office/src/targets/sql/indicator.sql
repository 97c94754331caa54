select id, code, clause, position, baseline_year, baseline_amount, baseline_source, path_source, version
from indicators
where id = $1
