select m.withdrawal, m.old_on, m.new_on, m.moved_at, a.document, a.name, a.day
from dossier_moves m
join calendar_announcements a on a.id = m.announcement
where m.code = $1
order by m.id
