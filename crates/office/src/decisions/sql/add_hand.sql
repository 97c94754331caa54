insert into draft_hands (decision, account) values ($1, $2) on conflict do nothing
