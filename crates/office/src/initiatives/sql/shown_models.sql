select published_models.initiative, published_models.title, published_models.problem, published_models.solution,
    published_models.published_on, published_models.hidden_on, published_models.version
from published_models
join initiative_cases on initiative_cases.id = published_models.initiative
where published_models.hidden_on is null
    and initiative_cases.state = 'recognised'
    and published_models.search_key like $1
    and not exists (
        select 1 from initiative_case_authors
        where initiative_case_authors.initiative = published_models.initiative
            and not exists (
                select 1 from initiative_consents
                where initiative_consents.initiative = initiative_case_authors.initiative
                    and initiative_consents.position = initiative_case_authors.position
                    and initiative_consents.withdrawn_on is null
            )
    )
order by published_models.published_on desc, initiative_cases.code
limit $2 offset $3
