select count(*) as n from accounts
