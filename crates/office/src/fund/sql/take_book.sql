update fund_book set version = version + 1 where id = 1
