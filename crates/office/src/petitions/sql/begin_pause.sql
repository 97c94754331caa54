insert into petition_pauses (id, petition, from_on) values ($1, $2, $3)
