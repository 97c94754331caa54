select submission from submission_lines where nomination = $1 order by submission desc
