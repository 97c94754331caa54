select journal_mode as answer from pragma_journal_mode
