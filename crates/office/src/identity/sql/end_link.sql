delete from invitations where token_hash = $1
