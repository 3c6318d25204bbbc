"""A real Dovecot with one shared mailbox, over TLS only, for the tests of reading mail; works as root too."""

import base64
import contextlib
import getpass
import grp
import hashlib
import hmac
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "feedback@example.org", "correct horse battery"
_OAUTH_KEY = b"a key that only this test's server knows"
_START_SECONDS, _LOOK_EVERY_SECONDS = 20, 0.05
_CONFIGURATION = """
base_dir = {run}
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
auth_mechanisms = plain xoauth2
auth_failure_delay = 0
mail_location = maildir:{folder}/mail
mail_plugins =
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = passwd-file
  mechanisms = plain
  args = {folder}/passwords
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""
_OAUTH = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = email
"""


def found() -> str | None:
    """The program, or None where Dovecot is not installed."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass
class DovecotServer:
    """``host`` and ``port`` are for IMAP over TLS; its log tells what clients did."""

    folder: Path
    port: int
    host: str = "localhost"

    def token(self, expires: int) -> str:
        """A bearer token of the shared mailbox; ``expires`` in seconds since 1970."""
        parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": USER, "email": USER, "exp": expires, "iat": 0}]
        signed = ".".join(_web(json.dumps(part).encode()) for part in parts)
        return f"{signed}.{_web(hmac.new(_OAUTH_KEY, signed.encode(), hashlib.sha256).digest())}"

    def log(self) -> str:
        return (self.folder / "dovecot.log").read_text("utf-8")


@contextmanager
def dovecot_server(certificate: Path) -> Iterator[DovecotServer]:
    """A server of its own; ``certificate`` is one PEM file with key and certificate."""
    program = found()
    assert program is not None
    # Not below a test's own folder: the paths of its sockets would be too long for the system, and each run
    # of pytest closes the folder of all runs to everybody else, whom Dovecot reads mail as.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = DovecotServer(folder, _free_port())
    _write_files(server, certificate)
    process = subprocess.Popen(
        [program, "-F", "-c", folder / "dovecot.conf"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        # Whoever was connected is served to the end, or cut off, as here.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _write_files(server: DovecotServer, certificate: Path) -> None:
    folder = server.folder
    root = os.geteuid() == 0
    # As root Dovecot gives mail to nobody who is root; its package made the users that it runs as.
    reader = pwd.getpwnam("nobody" if root else getpass.getuser())
    internal = "dovecot" if root else reader.pw_name
    values = {
        "folder": folder,
        "run": folder / "run",
        "certificate": certificate,
        "port": server.port,
        "internal": internal,
        "login": "dovenull" if root else internal,
        "group": grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name,
        "uid": reader.pw_uid,
        "gid": reader.pw_gid,
    }
    (folder / "dovecot.conf").write_text(_CONFIGURATION.format(**values))
    (folder / "oauth2.conf").write_text(_OAUTH.format(folder=folder))
    (folder / "passwords").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    keys = folder / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_text(base64.b64encode(_OAUTH_KEY).decode())
    (folder / "run").mkdir()
    for name in ("mail", "home"):
        (folder / name).mkdir()
        os.chown(folder / name, reader.pw_uid, reader.pw_gid)
    if root:
        for one in (folder, *folder.rglob("*")):
            one.chmod(one.stat().st_mode | (0o055 if one.is_dir() else 0o044))


def _wait_for(server: DovecotServer, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=1):
                return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Dovecot did not start:\n{server.log()}") from error
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_EVERY_SECONDS)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _web(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
