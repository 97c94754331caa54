select current_setting('server_version') as answer
