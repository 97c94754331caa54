select notice_mails.id, notice_mails.account, kind, address, attempts, queued_at
from notice_mails
left join notices on notices.id = notice_mails.notice
where state = 'queued' and next_at <= $1
order by notice is not null, queued_at, notice_mails.id
limit $2
