update campaigns
set closes_on = $3, total_share_bp = $4, leader_share_bp = $5, state = $6, consultation_from = $7, consultation_until = $8,
    consultation_days = $9, consultation_ground = $10,
    version = version + 1
where id = $1 and version = $2
