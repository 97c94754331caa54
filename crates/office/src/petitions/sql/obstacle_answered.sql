update obstacle_petitions set answered = true where petition = $1
