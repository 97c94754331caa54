select m.announcement, m.withdrawal, m.subject_id, m.old_on, m.new_on, m.moved_at, a.document, a.name, a.day
from term_moves m
join calendar_announcements a on a.id = m.announcement
where m.announcement = $1
order by m.id
