select confirmations.id, confirmations.rule, confirmations.rule_version, confirmations.document, confirmations.confirmed_on,
    accounts.name as by_name
from confirmations
left join accounts on accounts.id = confirmations.account
where confirmations.withdrawn_on is null
order by confirmations.id
