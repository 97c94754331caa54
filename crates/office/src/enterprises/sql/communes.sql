select distinct commune from enterprises where merged_into is null and commune is not null
