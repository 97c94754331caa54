select id, occasion, year, name, clause, closes_on, total_share_bp, leader_share_bp, state, consultation_from, consultation_until,
    consultation_days, consultation_ground, worker_share_bp, form_shares, version
from campaigns
where id = $1
