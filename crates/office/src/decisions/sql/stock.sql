select layout from stocks where award = $1
