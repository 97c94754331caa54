select revision from ratings
where subject = $1 and subject_id = $2 and year = $3
order by revision desc
limit 1
