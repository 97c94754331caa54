insert into launch_receipts (launch, unit) values ($1, $2)
