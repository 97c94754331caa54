insert into calendar_announcements (id, day, kind, name, document, title, awaited, account, entered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
