select nomination, outcome from submission_lines where submission = $1 order by position
