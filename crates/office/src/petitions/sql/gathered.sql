select petition, answered from obstacle_petitions where obstacle = $1 order by petition
