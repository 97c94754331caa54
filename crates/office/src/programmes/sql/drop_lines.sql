delete from programme_lines where edition = $1
