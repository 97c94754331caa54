insert into covenants (id, name) values ($1, $2)
