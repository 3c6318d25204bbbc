"""How many records name a service: so that an import can say which of its changes concern this office."""

import json
from collections.abc import Iterable, Mapping

from intake_app.store.database import Database
from intake_app.store.home import Home

_COUNT = """
SELECT service, count(DISTINCT record) FROM projected_service
WHERE organisation = ? AND service IN (SELECT value FROM json_each(?)) GROUP BY service
"""


class Mentions:
    def __init__(self, database: Database, home: Home) -> None:
        self._database = database
        self._home = home

    def count(self, services: Iterable[str]) -> Mapping[str, int]:
        """Finished records by service; services that none names are left out."""
        asked = json.dumps(sorted(set(services)))
        with self._database.read() as connection:
            rows = connection.exec_driver_sql(_COUNT, (self._home.projected_as, asked)).fetchall()
        return {row[0]: row[1] for row in rows}
