"""The guard of the ledger inside the database: triggers that refuse every change but adding the next entry.

A migration that makes the table anew loses them in SQLite; so `migrate` itself puts them up each time, and
the start and the doctor look whether they stand.
"""

from django.db import connection

TABLE = "promises_entry"
ONLY_ADDED_TO = "The ledger is only ever added to."
CHANGE, DELETE, OUT_OF_TURN, EMPTY = "ledger_change", "ledger_delete", "ledger_out_of_turn", "ledger_empty"

# the next number after the newest hash and nothing else: “insert or replace” would rewrite a row otherwise
_NEXT = f"""
    new.seq is not distinct from (select coalesce(max(seq), 0) + 1 from {TABLE})
    and new.prev = coalesce((select hash from {TABLE} order by seq desc limit 1), '{"0" * 64}')
"""  # noqa: S608 - names and a number of our own
_SQLITE = {
    CHANGE: f"before update on {TABLE} begin select raise(abort, '{ONLY_ADDED_TO}'); end",
    DELETE: f"before delete on {TABLE} begin select raise(abort, '{ONLY_ADDED_TO}'); end",
    OUT_OF_TURN: f"before insert on {TABLE} when not ({_NEXT.replace('is not distinct from', 'is')})"
    f" begin select raise(abort, '{ONLY_ADDED_TO}'); end",
}
_POSTGRESQL = {
    CHANGE: f"before update on {TABLE} for each row execute function ledger_refuse()",
    DELETE: f"before delete on {TABLE} for each row execute function ledger_refuse()",
    EMPTY: f"before truncate on {TABLE} for each statement execute function ledger_refuse()",
    OUT_OF_TURN: f"before insert on {TABLE} for each row execute function ledger_refuse_out_of_turn()",
}
_POSTGRESQL_FUNCTIONS = [
    f"""create or replace function ledger_refuse() returns trigger language plpgsql as $$
        begin raise exception '{ONLY_ADDED_TO}' using errcode = 'integrity_constraint_violation'; end $$""",
    f"""create or replace function ledger_refuse_out_of_turn() returns trigger language plpgsql as $$
        begin
            if ({_NEXT}) then return new; end if;
            raise exception '{ONLY_ADDED_TO}' using errcode = 'integrity_constraint_violation';
        end $$""",
]
_STANDING = {
    "sqlite": "select name, sql from sqlite_master where type = 'trigger' and tbl_name = %s",
    "postgresql": "select tgname, '' from pg_trigger where tgrelid = to_regclass(%s) and tgenabled = 'O'",
}


def put_up() -> list[str]:
    """Make every trigger that does not stand as it should; gives their names."""
    gone = missing()
    if not gone:
        return []
    with connection.cursor() as cursor:
        for function in _POSTGRESQL_FUNCTIONS if connection.vendor == "postgresql" else []:
            cursor.execute(function)
        for name in gone:
            cursor.execute(_take_down(name))
            cursor.execute(f"create trigger {name} {_wanted()[name]}")
    return gone


def take_down() -> None:
    """For migrations that make the table anew, and for tests that empty their database."""
    with connection.cursor() as cursor:
        for name in _wanted():
            cursor.execute(_take_down(name))


def missing() -> list[str]:
    """The triggers that do not stand, or not as they should; none where there is no ledger yet."""
    if TABLE not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor], [TABLE])
        standing: dict[str, str] = dict(cursor.fetchall())
    return [name for name, body in _wanted().items() if not _stands(standing.get(name), name, body)]


def _stands(found: str | None, name: str, body: str) -> bool:
    """SQLite tells how a trigger was written: one that does nothing is none."""
    if found is None:
        return False
    return connection.vendor != "sqlite" or found.lower() == f"create trigger {name} {body}".lower()


def _wanted() -> dict[str, str]:
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


def _take_down(name: str) -> str:
    on_table = f" on {TABLE}" if connection.vendor == "postgresql" else ""
    return f"drop trigger if exists {name}{on_table}"
