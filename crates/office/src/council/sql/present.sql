select member from attendance where meeting = $1 and present = true order by member
