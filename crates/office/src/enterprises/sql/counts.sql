with register as (
    select one.id, one.tax_code, one.name, one.search_key, one.sort_key, one.kind, one.commune, one.merged_into,
        one.version, known.size, known.sector, known.sector_key, known.ended_on, known.ended_why, (
        select min(founded.happened_on)
        from enterprise_conversions as founded
        join enterprises as household on household.id = founded.enterprise
        where founded.became is not null and founded.withdrawn_on is null
            and (household.id = one.id or household.merged_into = one.id)
    ) as converted_on
    from enterprises as one
    left join enterprise_profiles as known on known.enterprise = one.id
    where one.merged_into is null
), asked as (
    select register.id, register.tax_code, register.name, register.sort_key, register.kind, register.commune,
        register.merged_into, register.version, register.size, register.sector, register.ended_on, register.ended_why,
        register.converted_on,
        case
            when ended_on <= $1 then 'ended'
            when converted_on <= $1 then 'converted'
            else 'active'
        end as standing
    from register
    where (search_key like $2 or tax_code like $3 or sector_key like $2)
        and (commune = $4 or $4 is null)
)
select kind, size, standing, count(*) as many
from asked
group by kind, size, standing
order by kind, size, standing
