"""Firefox, spoken to by WebDriver BiDi, which it understands by itself: Debian has no driver for it.

The protocol: https://www.w3.org/TR/webdriver-bidi/
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import websocket

from eval.zoo.programs import Program, path_of
from tests.helpers.reviewing import DESK, PICTURES

_LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
_SECONDS = 60


class Firefox:
    """A window of Firefox that looks at a page.

    Attributes:
        console: what the browser complained of.
    """

    def __init__(self, connection: websocket.WebSocket) -> None:
        """Begin a session."""
        self.console: list[str] = []
        self._connection = connection
        self._numbers = count(1)
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, address: str, width: int = DESK) -> Firefox:
        """Look at the page with this address, in a window of this width."""
        viewport = {"width": width, "height": 900}
        self._ask("browsingContext.setViewport", context=self._context, viewport=viewport)
        self._ask("browsingContext.navigate", context=self._context, url=address, wait="complete")
        return self

    def reload(self) -> None:
        """Look at the page anew."""
        self._ask("browsingContext.reload", context=self._context, wait="complete")

    def js(self, script: str, *arguments: object) -> Any:
        """What a function's body, run in the page, returns."""
        given = [{"type": "string", "value": json.dumps(one)} for one in arguments]
        answer = self._ask(
            "script.callFunction",
            functionDeclaration="(...given) => JSON.stringify((function () {"
            + script
            + "}).apply(null, given.map(JSON.parse)) ?? null)",
            arguments=given,
            awaitPromise=False,
            target={"context": self._context},
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def text(self, selector: str) -> str:
        """What can be read of an element."""
        return str(self.js("return document.querySelector(arguments[0]).innerText", selector))

    def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        strokes = [
            {"type": way, "value": character}
            for key in keys
            for character in key
            for way in ("keyDown", "keyUp")
        ]
        self._perform({"type": "key", "id": "keys", "actions": strokes})

    def click(self, selector: str) -> None:
        """Click into the middle of an element, as a hand does."""
        place = self.js(
            """const one = document.querySelector(arguments[0]);
            const middle = () => {
              const r = one.getBoundingClientRect();
              return [r.x + r.width / 2, r.y + r.height / 2];
            };
            const [, y] = middle();
            if (y < 0 || y > innerHeight) one.scrollIntoView({ block: 'center' });
            return middle();""",
            selector,
        )
        x, y = map(round, place)
        moves = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._perform({"type": "pointer", "id": "mouse", "actions": moves})

    def picture(self, name: str) -> None:
        """Keep what is seen."""
        PICTURES.mkdir(exist_ok=True)
        answer = self._ask("browsingContext.captureScreenshot", context=self._context)
        (PICTURES / f"firefox-{name}.png").write_bytes(base64.b64decode(answer["data"]))

    @property
    def chosen(self) -> str | None:
        """The address of the cell that is looked at."""
        address: str | None = self.js("return state.chosen === null ? null : cells[state.chosen].address")
        return address

    def _perform(self, *actions: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self._context, actions=list(actions))

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._connection.recv())
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] in ("error", "warn"):
                self.console.append(str(answer["params"]["text"]))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result


@contextmanager
def firefox(flags: Sequence[str] = ()) -> Iterator[Firefox]:
    """A Firefox without a window on any screen; its profile is thrown away."""
    with TemporaryDirectory(prefix="gongkai-firefox-", ignore_cleanup_errors=True) as folder:
        command = [path_of(Program.FIREFOX) or "", "--headless", "--no-remote", "--profile", folder]
        log = Path(folder) / "log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [*command, "--remote-debugging-port", "0", *flags], stdout=stream, stderr=stream
            )
        try:
            address = _address(log, process)
            connection = websocket.create_connection(
                f"{address}/session", timeout=_SECONDS, suppress_origin=True
            )
            yield Firefox(connection)
            connection.close()
        finally:
            process.kill()
            process.wait()


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Where it listens, once it says so."""
    import time

    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        found = _LISTENING.search(log.read_bytes())
        if found is not None:
            return found[1].decode()
        time.sleep(0.05)
    raise AssertionError(log.read_bytes().decode(errors="replace"))
