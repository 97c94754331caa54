select id, account, kind, subject, url, raised_at, read_at from notices where id = $1
