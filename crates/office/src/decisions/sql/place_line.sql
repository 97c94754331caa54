update decision_lines set position = $2 where id = $1
