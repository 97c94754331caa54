insert into campaigns (id, occasion, year, name, clause, closes_on, total_share_bp, leader_share_bp, state, worker_share_bp,
    form_shares, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
