"""Takes the pictures of the page that `limen serve` serves: docs/pictures/page-*.png, in a real Chromium.

Needs the extras `test` and `browser`, and chromium. Run it from the root of the repository after the page or the scenario has
changed: `python docs/make_screens.py`. It takes about two minutes.
"""

import sys
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import CHROMIUM, FLAGS  # noqa: E402
from tests.browser.test_served import Visit  # noqa: E402
from tests.face.serve.serving import serving  # noqa: E402

from limen.face.serve.app import application  # noqa: E402

OUT = ROOT / "docs" / "pictures"
SCENARIO = "scenario=mobilisation-2022"
SHOTS = {
    "page-many": (f"/many?{SCENARIO}&on=2022-09-28", 1440, "light"),
    "page-many-difference": (f"/many?{SCENARIO}&on=2022-10-10&with=finland-stays-open&show=difference", 1440, "light"),
    "page-many-dark": (f"/many?{SCENARIO}&on=2022-09-28", 1440, "dark"),
    "page-many-phone": (f"/many?{SCENARIO}&on=2022-09-28", 390, "light"),
    "page-one": (f"/one?{SCENARIO}&on=2022-10-03", 1440, "light"),
    "page-one-dark": (f"/one?{SCENARIO}&on=2022-10-03#state=FI", 1440, "dark"),
    "page-one-phone": (f"/one?{SCENARIO}&on=2022-10-03", 390, "light"),
    "page-everyone": (f"/everyone?{SCENARIO}&on=2022-10-03", 1440, "light"),
    "page-audit": (f"/everyone?{SCENARIO}&on=2022-10-03&part=audit", 1440, "light"),
    "page-reach": (f"/everyone?{SCENARIO}&on=2022-10-03&part=reach", 1440, "light"),
}
"""By name: the address, the width in pixels, the theme."""


def main() -> None:
    """Takes them all."""
    with serving(application(["mobilisation-2022"])) as address, sync_playwright() as started:
        urlopen(f"{address}/vega.js").read()  # noqa: S310
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (path, width, theme) in SHOTS.items():
            visit = Visit(chromium, address, width, theme)
            page = visit.open(path)
            while page.locator("progress").count() and page.get_by_role("button", name="Cancel").count():
                page.wait_for_timeout(200)
            visit.idle()
            page.wait_for_timeout(1500)
            page.screenshot(path=OUT / f"{name}.png")
            print(f"{name}.png: {(OUT / f'{name}.png').stat().st_size // 1024} kB")  # noqa: T201
            visit.context.close()
        chromium.close()


if __name__ == "__main__":
    main()
