select inspection, person from inspection_people where inspection = $1 order by position
