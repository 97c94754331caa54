select confirmations.id, confirmations.rule, confirmations.rule_version, confirmations.document, confirmations.confirmed_on,
    confirmations.withdrawn_on, accounts.name as by_name
from confirmations
left join accounts on accounts.id = confirmations.account
order by confirmations.id
