insert into posts (id, person, unit, title, leader, from_on, until_on) values ($1, $2, $3, $4, $5, $6, $7)
