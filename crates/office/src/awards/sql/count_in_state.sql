select campaign, count(*) as n from nominations where state = $1 group by campaign
