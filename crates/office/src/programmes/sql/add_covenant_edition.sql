insert into covenant_versions (id, covenant, number, text, drawn_up_on, drawn_up_by, version)
values ($1, $2, $3, $4, $5, $6, 1)
