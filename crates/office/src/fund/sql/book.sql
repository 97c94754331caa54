select version, remind_days, organising_share_bp, document from fund_book where id = 1
