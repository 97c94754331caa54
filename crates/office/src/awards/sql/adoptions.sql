select adoptions.id, adoptions.template, adoptions.document, adoptions.adopted_on, accounts.name as by_name
from adoptions
left join accounts on accounts.id = adoptions.account
where adoptions.withdrawn_on is null
order by adoptions.id
