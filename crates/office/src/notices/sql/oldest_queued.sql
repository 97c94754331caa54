select min(queued_at) as oldest from notice_mails where state = 'queued'
