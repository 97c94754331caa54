select id, recognised_on from initiatives where recognised_on is not null order by id
