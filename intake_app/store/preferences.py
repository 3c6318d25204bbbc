"""What each staff member prefers; language, theme and text size lie in ``settings.toml``, readable before."""

import json
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from intake_app.store.database import Database
from intake_app.store.home import Home
from intake_app.store.tables import PREFERENCE

_SET = insert(PREFERENCE).prefix_with("OR REPLACE")
_GET = select(PREFERENCE.c.value).where(
    PREFERENCE.c.staff == bindparam("staff"), PREFERENCE.c.name == bindparam("name")
)
_UNSET = delete(PREFERENCE).where(
    PREFERENCE.c.staff == bindparam("of_staff"), PREFERENCE.c.name == bindparam("of_name")
)


class PreferenceStore:
    """Of whoever is at the keyboard."""

    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    def get(self, name: str, default: Any = None) -> Any:
        """The JSON value that was set; ``default`` where none was."""
        with self._database.read() as connection:
            wanted = {"staff": self._home.staff, "name": name}
            text = connection.execute(_GET, wanted).scalar_one_or_none()
        return default if text is None else json.loads(text)

    def set(self, name: str, value: Any) -> None:
        """Any JSON value; None forgets it."""
        with self._database.write() as connection:
            if value is None:
                connection.execute(_UNSET, {"of_staff": self._home.staff, "of_name": name})
                return
            row = {"staff": self._home.staff, "name": name, "value": json.dumps(value, ensure_ascii=False)}
            connection.execute(_SET, row)
