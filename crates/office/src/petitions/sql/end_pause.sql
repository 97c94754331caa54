update petition_pauses set until_on = $2 where petition = $1 and until_on is null
