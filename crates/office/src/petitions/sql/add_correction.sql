insert into petition_corrections
    (id, petition, title, content, answer, reason, account, corrected_by, corrected_at, corrected_on)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
