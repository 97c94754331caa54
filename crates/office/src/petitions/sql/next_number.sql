insert into letter_numbers (year, newest) values ($1, 1)
on conflict (year) do update set newest = letter_numbers.newest + 1
returning newest
