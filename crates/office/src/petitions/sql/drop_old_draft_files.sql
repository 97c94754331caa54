delete from petition_draft_files
where draft in (select key_digest from petition_drafts where changed_on < $1)
