select number, made_at, snapshot, verdict, answer, cause from nomination_versions where nomination = $1 order by number
