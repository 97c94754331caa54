update ballot_boxes set public_key = $2, sealed_key = $2 where meeting = $1
