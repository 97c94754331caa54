select units.id, units.code, unit_names.name, units.kind, units.from_on, units.until_on, units.merged_into,
    units.position, units.version
from units
join unit_names on unit_names.unit = units.id
    and unit_names.from_on = coalesce(
        (select max(borne.from_on) from unit_names as borne where borne.unit = units.id and borne.from_on <= $2),
        (select min(borne.from_on) from unit_names as borne where borne.unit = units.id)
    )
where units.id = $1
