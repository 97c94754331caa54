update petition_events set words = '', name = '' where petition = $1
