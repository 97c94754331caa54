insert into motions (id, meeting, nomination, position, ballot, share_bp, share_of, citation, members, recused)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
