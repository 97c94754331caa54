select id, merged_into from enterprises where merged_into is not null
