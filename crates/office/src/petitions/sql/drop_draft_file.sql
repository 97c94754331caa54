delete from petition_draft_files where draft = $1 and id = $2
