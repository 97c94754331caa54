select current_setting('server_encoding') as answer
