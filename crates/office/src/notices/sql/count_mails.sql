select state, count(*) as many from notice_mails group by state order by state
