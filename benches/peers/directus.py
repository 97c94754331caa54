"""Fills a running Directus with the same petitions, as its own interface takes them.

Run by the workload `petitions`: python directus.py ADDRESS TOKEN LINES.
"""
import json
import sys
import urllib.request

ADDRESS, TOKEN, LINES = sys.argv[1:4]
NAMES = ["place", "number", "title", "content", "name", "address", "phone", "state", "received", "due"]
KINDS = {"content": "text", "received": "date", "due": "date"}


def post(path, body):
    head = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    request = urllib.request.Request(ADDRESS + path, json.dumps(body).encode(), head)
    with urllib.request.urlopen(request) as answer:
        answer.read()


key = {"field": "id", "type": "integer", "schema": {"is_primary_key": True, "has_auto_increment": True}}
fields = [
    {"field": name, "type": KINDS.get(name, "string"), "schema": {"is_nullable": True, "is_indexed": name == "place"}}
    for name in NAMES
]
# Without the tracking of every read and write, which is slower.
post("/collections", {"collection": "petitions", "meta": {"accountability": None}, "schema": {}, "fields": [key, *fields]})
with open(LINES, encoding="utf-8") as lines:
    rows = [json.loads(line) for line in lines]
for start in range(0, len(rows), 100):
    post("/items/petitions?fields=id", [{name: row[name] for name in NAMES} for row in rows[start:start + 100]])
