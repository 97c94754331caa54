insert into obstacle_petitions (petition, obstacle, answered) values ($1, $2, false)
