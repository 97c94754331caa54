update covenant_signatures
set signed_at = $3, signed_by = $4, signer_name = $5
where edition = $1 and unit = $2 and signed_at is null
