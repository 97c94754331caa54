update calendar_announcements
set withdrawn_at = $2, withdrawn_by = $3, withdrawn_why = $4
where id = $1 and withdrawn_at is null
