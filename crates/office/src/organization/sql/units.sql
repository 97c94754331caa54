select units.id, units.code, unit_names.name, units.kind, units.from_on, units.until_on, units.merged_into,
    units.position, units.version
from units
join unit_names on unit_names.unit = units.id
    and unit_names.from_on = (
        select max(borne.from_on) from unit_names as borne where borne.unit = units.id and borne.from_on <= $1
    )
where units.from_on <= $1 and (units.until_on is null or units.until_on > $1)
order by units.position, unit_names.sort_key, units.id
