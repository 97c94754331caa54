update submission_lines set standing = 0 where submission = $1
