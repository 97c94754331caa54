select count(distinct person) as n from posts where from_on <= $1 and (until_on is null or until_on > $1)
