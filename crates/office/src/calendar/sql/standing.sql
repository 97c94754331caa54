select id, day, kind, name, document, title, awaited, entered_at, withdrawn_at, withdrawn_why
from calendar_announcements
where withdrawn_at is null
order by day
