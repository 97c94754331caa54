select id, council, campaign, held_on, place, state, tally_digest, version from meetings order by held_on desc, id desc
