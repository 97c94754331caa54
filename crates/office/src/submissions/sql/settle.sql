update submission_lines set outcome = $3 where submission = $1 and nomination = $2
