update dialogue_guests set standing = $2, reply = $3, phone = $4 where id = $1 and standing = 'asked'
