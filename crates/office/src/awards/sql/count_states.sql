select campaign, state, award, count(*) as many from nominations group by campaign, state, award
