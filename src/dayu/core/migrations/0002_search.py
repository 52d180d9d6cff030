"""The full-text side of the search index: FTS5 with triggers on SQLite, an expression index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE core_search_fts USING fts5(grams, content='core_searchentry', content_rowid='id', "
    "tokenize='unicode61')",
    "CREATE TRIGGER core_search_ai AFTER INSERT ON core_searchentry BEGIN "
    "INSERT INTO core_search_fts(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER core_search_ad AFTER DELETE ON core_searchentry BEGIN "
    "INSERT INTO core_search_fts(core_search_fts, rowid, grams) VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER core_search_au AFTER UPDATE ON core_searchentry BEGIN "
    "INSERT INTO core_search_fts(core_search_fts, rowid, grams) VALUES ('delete', old.id, old.grams); "
    "INSERT INTO core_search_fts(rowid, grams) VALUES (new.id, new.grams); END",
]
POSTGRESQL = [
    "CREATE INDEX core_search_fts ON core_searchentry USING gin (to_tsvector('simple', grams))",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER core_search_ai",
        "DROP TRIGGER core_search_ad",
        "DROP TRIGGER core_search_au",
        "DROP TABLE core_search_fts",
    ],
    "postgresql": ["DROP INDEX core_search_fts"],
}


def build(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(build, remove)]
