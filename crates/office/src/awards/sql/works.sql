select initiative from nomination_initiatives where nomination = $1 order by initiative
