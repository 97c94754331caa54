select id, council, campaign, held_on, place, state, tally_digest, version from meetings where id = $1
