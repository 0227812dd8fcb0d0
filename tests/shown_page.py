"""A page in Debian's Chromium with no network: keys, fingers, what it says, asks for and draws letters with.

The pipe to the browser is `bench.browser`.
"""

from __future__ import annotations

import base64
from pathlib import Path
from time import monotonic

from bench.browser import Browser, TooLate

HEARD = ("Network.requestWillBeSent", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")


class ShownPage(Browser):
    """One page. `requests` are the addresses that it asked for, `complaints` what its console said."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1280, 720)) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        super().__init__(folder, size)
        for domain in ("Network", "Runtime", "Log", "Page", "DOM", "CSS", "Accessibility"):
            self._call(f"{domain}.enable")

    def open(self, page: Path, size: tuple[int, int] = (1280, 720), touches: bool = False) -> None:
        """Show a page anew at a size, on a screen that is touched or not."""
        self._call("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1,
                   mobile=touches)
        self._call("Emulation.setTouchEmulationEnabled", enabled=touches)
        self._call("Page.navigate", url="about:blank")
        self.requests.clear()
        self.complaints.clear()
        self.visit(page)
        self.ask("document.fonts.ready.then(() => document.fonts.size)")

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        for kind in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def swipe(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """One finger from here to there; a tap where both are one place."""
        self._call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": start[0], "y": start[1]}])
        if start != end:
            self._call("Input.dispatchTouchEvent", type="touchMove", touchPoints=[{"x": end[0], "y": end[1]}])
        self._call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def step(self) -> str:
        """The number of the step as the page says it."""
        return str(self.ask("document.getElementById('where').textContent"))

    def shown(self) -> str:
        """The text of the page as somebody can read, hear or copy it."""
        return str(self.ask("document.body.innerText"))

    def heard(self) -> str:
        """Every name in the tree that a screen reader gets."""
        nodes = self._call("Accessibility.getFullAXTree")["nodes"]
        return "\n".join(str(one["name"]["value"]) for one in nodes if one.get("name") and not one["ignored"])

    def on_paper(self, is_paper: bool = True) -> None:
        """Lay the page out as for a printer."""
        self._call("Emulation.setEmulatedMedia", media="print" if is_paper else "")

    def fonts(self, selector: str) -> dict[str, bool]:
        """The fonts that an element is really drawn with, and whether the page brought each along."""
        root = self._call("DOM.getDocument")["root"]["nodeId"]
        node = self._call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        found = self._call("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]
        return {one["familyName"]: one["isCustomFont"] for one in found}

    def picture(self) -> bytes:
        """The page as PNG."""
        return base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])

    def settle(self) -> None:
        """Hear everything that was said up to now."""
        try:
            self._message(monotonic())
        except TooLate:
            return

    def _message(self, until: float) -> dict:
        message = super()._message(until)
        method, told = message.get("method", ""), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method in HEARD:
            self.complaints.append(str(told))
        return message
