delete from invitations where account is null
