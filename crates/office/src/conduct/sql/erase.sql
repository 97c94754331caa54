update conduct_reports
set code_box = $2, body_box = $2, identity_box = $2, erased_on = $3, version = version + 1
where id = $1 and erased_on is null
