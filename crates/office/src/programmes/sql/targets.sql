select position, clause, what, figure from covenant_targets where edition = $1 order by position
