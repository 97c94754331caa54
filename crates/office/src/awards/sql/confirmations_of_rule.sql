select confirmations.id, confirmations.rule, confirmations.rule_version, confirmations.document, confirmations.confirmed_on,
    confirmations.withdrawn_on, confirmations.article_text, accounts.name as by_name
from confirmations
left join accounts on accounts.id = confirmations.account
where confirmations.rule = $1
order by confirmations.id
