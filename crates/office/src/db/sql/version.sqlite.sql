select sqlite_version() as answer
