insert into programme_versions
    (id, programme, number, state, theme, contents, criteria, forms, author, submitter, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
