"""One document as an encrypted file: also what the hub refuses can be taken out."""

import json
from dataclasses import asdict
from pathlib import Path

from intake_app.documents import Document
from intake_app.reports.files import written_whole
from intake_app.reports.package import Packer


def export_document(document: Document, path: Path, passphrase: str) -> Path:
    """Writes envelope and body as JSON into an encrypted package, as ``intake unpack`` opens it.

    Returns the file's path. Raises FileRefused, DiskFull, StoreReadOnly as every export, and leaves nothing.
    """
    values = asdict(document) | {"sha256": document.sha256}
    text = json.dumps(values, ensure_ascii=True, indent=1)
    with written_whole(path) as target:
        packer = Packer(target, passphrase, f"{document.kind}-{document.mutation}.json")
        packer.write(text.encode())
        packer.close()
    return path
