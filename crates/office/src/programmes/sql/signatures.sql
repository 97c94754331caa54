select unit, signed_at, signer_name
from covenant_signatures
where edition = $1
order by position
