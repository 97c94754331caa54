select id, statement, document, account, attested_on from attestations where nomination = $1 order by id
