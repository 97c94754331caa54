select account, expires_at from invitations where token_hash = $1
