update petition_settings
set disagree_days = $2, disagree_times = $3, draft_days = $4, version = version + 1
where id = 1 and version = $1
