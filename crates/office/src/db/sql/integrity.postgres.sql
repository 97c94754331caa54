select 'ok' as answer
