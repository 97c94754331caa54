"""The same questions to SQLite FTS5 (unicode61, remove_diacritics 2), or to PostgreSQL's text search ('simple', with
unaccent where the server has it).

Run by the workload `petitions`: python search.py LINES QUESTIONS [POSTGRES]. A question is a phrase. For each one line
of JSON: all rows that are found, and the seconds of five times the first 50 in the order of the inbox.
"""
import json
import os
import sqlite3
import sys
import tempfile
import time

TIMES = 5


def fts5(rows, folder):
    house = sqlite3.connect(os.path.join(folder, "search.sqlite"))
    house.execute("create table petitions (id integer primary key, place text, title text, text text)")
    house.executemany("insert into petitions values (?, ?, ?, ?)", rows)
    house.execute("create virtual table words using fts5"
                  "(text, content='petitions', content_rowid='id', tokenize='unicode61 remove_diacritics 2')")
    house.execute("insert into words (words) values ('rebuild')")
    house.commit()
    ask = lambda what, phrase: house.execute(what, [f'"{phrase}"']).fetchall()  # noqa: E731
    return (lambda phrase: ask("select rowid from words where words match ?", phrase),
            lambda phrase: ask("select id, place, title from petitions where id in"
                               " (select rowid from words where words match ?) order by place limit 50", phrase))


def postgres(rows, address):
    import psycopg

    house = psycopg.connect(address, autocommit=True)
    try:
        house.execute("create extension if not exists unaccent")
        plain = "unaccent({})"
    except psycopg.Error as missing:
        print(f"unaccent is left out: {missing}", file=sys.stderr)
        plain = "{}"
    house.execute("create temporary table peer (id integer primary key, place text, title text, words tsvector)")
    with house.cursor() as cursor:
        add = f"insert into peer values (%s, %s, %s, to_tsvector('simple', {plain.format('%s')}))"
        cursor.executemany(add, rows)
    house.execute("create index on peer using gin (words)")
    house.execute("create index on peer (place)")
    house.execute("analyze peer")
    match = f"words @@ phraseto_tsquery('simple', {plain.format('%s')})"
    return (lambda phrase: house.execute(f"select id from peer where {match}", [phrase]).fetchall(),
            lambda phrase: house.execute(
                f"select id, place, title from peer where {match} order by place limit 50", [phrase]).fetchall())


with open(sys.argv[1], encoding="utf-8") as lines:
    rows = [(row["row"], row["place"], row["title"], row["text"]) for row in map(json.loads, lines)]
with open(sys.argv[2], encoding="utf-8") as questions, tempfile.TemporaryDirectory() as folder:
    everything, first = postgres(rows, sys.argv[3]) if len(sys.argv) > 3 else fts5(rows, folder)
    for phrase in json.load(questions):
        seconds = []
        for _ in range(TIMES):
            began = time.perf_counter()
            first(phrase)
            seconds.append(time.perf_counter() - began)
        print(json.dumps([[row[0] for row in everything(phrase)], seconds]))
