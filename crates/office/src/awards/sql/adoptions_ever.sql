select adoptions.id, adoptions.template, adoptions.document, adoptions.adopted_on, adoptions.withdrawn_on, accounts.name as by_name
from adoptions
left join accounts on accounts.id = adoptions.account
order by adoptions.id
