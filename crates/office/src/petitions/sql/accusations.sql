select count(*) as many from petitions where kind = 'accusation'
