select one.id, one.tax_code, one.name, one.kind, one.commune, one.merged_into, one.version,
    known.size, known.sector, known.ended_on, known.ended_why, (
        select min(founded.happened_on)
        from enterprise_conversions as founded
        join enterprises as household on household.id = founded.enterprise
        where founded.became is not null and founded.withdrawn_on is null
            and (household.id = one.id or household.merged_into = one.id)
    ) as converted_on
from enterprises as one
left join enterprise_profiles as known on known.enterprise = one.id
where one.merged_into is null
order by one.sort_key, one.id
