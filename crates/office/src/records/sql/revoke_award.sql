update past_awards set revoked_on = $2 where id = $1 and revoked_on is null
