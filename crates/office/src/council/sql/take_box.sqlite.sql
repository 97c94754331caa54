select public_key, sealed_key from ballot_boxes where meeting = $1
