delete from petition_drafts where changed_on < $1
