"""The first schema: documents, outbox, drafts, people, search, projection and the service directory."""

from sqlalchemy import Connection
from sqlmodel import SQLModel

from intake_app.projection.tables import METADATA as PROJECTION
from intake_app.services import tables as services
from intake_app.store import tables as store

_DIRECTORY = (services.ServiceRow.__tablename__, services.ServiceChangeRow.__tablename__)


def run(connection: Connection) -> None:
    store.METADATA.create_all(connection)
    PROJECTION.create_all(connection)
    SQLModel.metadata.create_all(connection, tables=[SQLModel.metadata.tables[name] for name in _DIRECTORY])
    services.create_search(connection)
    connection.exec_driver_sql(store.CREATE_SEARCH)
    connection.exec_driver_sql(store.SECURE_DELETE)
