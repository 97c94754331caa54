delete from reply_templates where id = $1 and version = $2
