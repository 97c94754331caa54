select max(issued_on) as day from decisions where series = $1 and year = $2
