insert into replications (id, initiative, unit, started_on, how, figure, measure, before_value, after_value, source,
    state, reported_on, reported_name, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
