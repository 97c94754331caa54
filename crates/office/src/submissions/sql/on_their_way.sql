select nomination from submission_lines where standing = 1
