insert into launch_reminders (launch, unit, reminded_on, reminded_by) values ($1, $2, $3, $4)
