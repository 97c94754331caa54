select id, kind, name, words, changed_by, changed_on, version from reply_templates order by id
