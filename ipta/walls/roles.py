"""The roles and databases, as a script for who administers PostgreSQL."""

from pathlib import Path

HERE = Path(__file__).parent
ROLES = (HERE / "roles.sql").read_text()


def script(name: str) -> str:
    """The roles, and the two databases of an installation with this name, for `psql`."""
    database = (HERE / "databases.sql").read_text()
    texts = database.replace(":name", name).replace(":backup", "ipta_backup")
    keys = database.replace(":name", f"{name}_keys").replace(":backup", "ipta_keys_backup")
    return ROLES + texts + keys
