update fund_book
set remind_days = $2, organising_share_bp = $3, document = $4, version = version + 1
where id = 1 and version = $1
