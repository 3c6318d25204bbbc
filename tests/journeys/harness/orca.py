"""The real Orca screen reader, listened to just before its synthesiser, so that no sound device is needed."""

import json
import os
import subprocess
from dataclasses import dataclass

from .private_screen import PrivateScreen, wait_until

# Orca imports this file from its data folder when it starts. The two spellings are those of Orca 43 and 48.
_LISTENING_HOOK = """
import json, os, time
import orca.settings as settings
import orca.speech as speech

settings.speechServerFactory, settings.speechFactoryModules = "none", []
settings.enableSpeech = True
_heard = open(os.environ["ORCA_SPEECH_LOG"], "a", buffering=1)

def _note(kind, text):
    _heard.write(json.dumps({"at": time.time(), "kind": kind, "text": text}) + "\\n")

def _speak(text, acss, interrupt):
    _note("speech", text)

def _character(character, acss=None):
    _note("speech", character)

def _key(event, acss=None):
    _note("key", str((getattr(event, "get_key_name", None) or event.getKeyName)()))

speech._speak = _speak
for name, replacement in (("speakCharacter", _character), ("speak_character", _character),
                          ("speakKeyEvent", _key), ("speak_key_event", _key)):
    if hasattr(speech, name):
        setattr(speech, name, replacement)
"""


@dataclass(frozen=True)
class Utterance:
    at: float  # seconds since the epoch
    kind: str  # "speech", or "key" for the echo of a key
    text: str


class Orca:
    """Starts with the object; `heard()` gives what was spoken since the last time it was asked."""

    def __init__(self, screen: PrivateScreen) -> None:
        self._log = screen.folder / "speech.jsonl"
        self._log.touch()
        self._position = 0
        data = screen.folder / "home/.local/share/orca"
        data.mkdir(parents=True)
        (data / "orca-customizations.py").write_text(_LISTENING_HOOK)
        # Orca looks for other Orcas of this user with pgrep and will not start beside one. A pgrep that finds
        # none, for this Orca alone, lets journeys run side by side. Never use --replace: it ends the others.
        blind = screen.folder / "bin"
        blind.mkdir()
        (blind / "pgrep").write_text("#!/bin/sh\nexit 1\n")
        (blind / "pgrep").chmod(0o755)
        env = dict(os.environ, ORCA_SPEECH_LOG=str(self._log), PATH=f"{blind}:{os.environ['PATH']}")
        screen.start("orca", "orca", env=env)
        wait_until("Orca", lambda: any("creen reader on" in heard.text for heard in self.heard()), 40)

    def heard(self) -> list[Utterance]:
        """What was said and which keys were echoed since this was last asked; nothing, if nothing was."""
        with self._log.open("rb") as log:
            log.seek(self._position)
            lines = [line for line in log.read().splitlines(keepends=True) if line.endswith(b"\n")]
        self._position += sum(map(len, lines))
        return [Utterance(**json.loads(line)) for line in lines]


def version() -> str:
    """The version line of the Orca that is installed."""
    return subprocess.run(["orca", "--version"], capture_output=True, text=True).stdout.strip()
