insert into submission_lines (submission, position, nomination, standing) values ($1, $2, $3, 1)
