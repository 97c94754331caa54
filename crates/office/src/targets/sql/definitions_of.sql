select indicator, number, from_on, name, measured_in, nature, direction, accumulation, frequency, scope, roll_up, measure, places,
    least, most, method, reason, recorded_name, recorded_at
from indicator_definitions
where indicator = $1
order by number
