select version, disagree_days, disagree_times, draft_days from petition_settings where id = 1
