select layout, version from stocks where award = $1
