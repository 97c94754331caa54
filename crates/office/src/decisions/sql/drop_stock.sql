delete from stocks where award = $1 and version = $2
