select inspection, person from inspection_people order by inspection, position
