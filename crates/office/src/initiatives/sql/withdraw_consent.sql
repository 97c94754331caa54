update initiative_consents set withdrawn_on = $2, withdrawn_by = $3 where id = $1 and withdrawn_on is null
