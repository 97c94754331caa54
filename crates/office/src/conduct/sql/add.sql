insert into conduct_reports
    (id, code_digest, state, received_on, code_box, body_box, identity_box, unit_box, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
