"""The page that `limen serve` serves, in a real browser: nothing is asked of elsewhere, anybody can read and use it."""

import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.face.serve.serving import serving

from limen.face.serve.app import application
from limen.face.serve.limits import Limits

WIDTHS, THEMES = (1440, 390), ("light", "dark")
VIEWS = {
    "one": "/one?scenario=small&on=2022-01-12",
    "one, every door": "/one?scenario=small&on=2022-01-12#state=East",
    "many": "/many?scenario=small&on=2022-01-12&draws=4",
    "everyone": "/everyone?scenario=small&on=2022-01-12",
    "gaps": "/everyone?scenario=small&on=2022-01-12&part=clashes",
    "audit": "/everyone?scenario=small&on=2022-01-12&part=audit",
    "two days": "/everyone?scenario=small&part=diff&before=2022-01-09&against=2022-01-10",
    "reach": "/everyone?scenario=small&on=2022-01-12&part=reach",
    "without people": "/many?scenario=schengen-90-180",
    "the API": "/api",
}


@pytest.fixture(scope="module")
def server(small_scenario, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served-runs")
    app = application([str(small_scenario), "schengen-90-180"], limits=Limits(draws=50), folder=folder)
    with serving(app) as address:
        yield address


class Visit:
    """A page at a width and in a theme, with whatever it asked for elsewhere, and what it complained of."""

    def __init__(self, browser, server, width=1440, theme="light"):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
        )
        self.server, self.elsewhere, self.asked, self.complaints = server, [], [], []
        self.context.route("**/*", self._route)
        self.page = self.context.new_page()
        self.page.on(
            "console", lambda one: self.complaints.append(one.text) if one.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _route(self, route):
        address = urlsplit(route.request.url)
        if address.scheme in ("data", "blob") or address.hostname == "127.0.0.1":
            self.asked.append(route.request.url)
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    def open(self, path):
        self.page.goto(self.server + path)
        return self.idle()

    def idle(self, seconds=60):
        """Waits until nothing works any more. (What waits by itself would compile text, which the page forbids.)"""
        until = time.monotonic() + seconds
        quiet = 0
        while quiet < 3:
            assert time.monotonic() < until, "the page is still at work"
            self.page.wait_for_timeout(60)
            quiet = 0 if self.page.locator("[aria-busy=true]").count() else quiet + 1
        return self.page


@pytest.fixture
def visit(browser, server):
    found = Visit(browser, server)
    yield found
    found.context.close()


MAIN = ("one", "many", "everyone")
EVERY = [(name, width, theme) for name in VIEWS for width in WIDTHS for theme in THEMES
         if name in MAIN or (width, theme) in ((1440, "dark"), (390, "light"))]  # fmt: skip


@pytest.fixture(params=EVERY, ids=str)
def seen(request, browser, server):
    name, width, theme = request.param
    found = Visit(browser, server, width, theme)
    found.open(VIEWS[name])
    yield found
    found.context.close()


def test_a_view_asks_for_nothing_elsewhere_fits_and_axe_finds_nothing(seen):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = seen.page
    assert page.locator("[role=alert]").all_inner_texts() == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert seen.elsewhere == []
    assert seen.complaints == []


def test_what_is_said_of_a_person_is_in_no_address_that_is_asked_for(visit):
    page = visit.open("/one?scenario=small&on=2022-01-12#state=East&age=41&liable=yes")
    assert page.locator("#fact-age").input_value() == "41"
    assert visit.asked
    assert not [
        url for url in visit.asked if "41" in url.partition("127.0.0.1")[2].partition("/")[2] or "liable" in url
    ]
    assert visit.context.cookies() == []


def test_an_address_restores_the_view(visit):
    page = visit.open("/one?scenario=small&on=2022-01-12#state=East")
    page.locator("#fact-visa").select_option("short-stay visa")
    page.locator("#fact-issued-by").select_option("this state")
    visit.idle()
    page.locator("button.row", has_text="entry").click()
    visit.idle()
    shown, address = page.locator(".big").first.inner_text(), page.url
    assert shown == "must admit"
    assert "visa=short-stay" in address.partition("#")[2]
    page.goto("about:blank")
    page.goto(address)
    visit.idle()
    assert page.locator(".big").first.inner_text() == shown
    assert page.locator("#fact-visa").input_value() == "short-stay visa"


def test_an_answer_says_how_disputed_texts_are_read_for_it(visit):
    page = visit.open("/one?scenario=small&on=2022-01-12#state=East")
    assert "danger at home: always" in page.locator(".readings").inner_text()
    page.get_by_text("How disputed texts are read").click()
    page.get_by_label("Does being called up count as danger?").select_option("never")
    visit.idle()
    assert "danger at home: never" in page.locator(".readings").inner_text()


def test_the_keyboard_alone_moves_the_day_and_chooses_a_door(visit):
    page = visit.open("/one?scenario=small&on=2022-01-12#state=East")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className || document.activeElement.id"))
        if reached[-1] == "slider":
            break
    assert reached[-1] == "slider", reached
    assert "scenario" in reached
    page.keyboard.press("ArrowRight")
    visit.idle()
    assert "on=2022-01-13" in page.url
    assert page.locator("#day").input_value() == "2022-01-13"
    page.keyboard.press("Tab")
    assert "row" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    visit.idle()
    assert page.locator("button.row[aria-pressed=true]").count() == 1


def test_a_counterexample_opens_as_a_person_with_the_same_answer(browser, small_scenario, tmp_path):
    import shutil

    folder = tmp_path / "claimed"
    shutil.copytree(small_scenario, folder)
    (folder / "policy" / "claims.yaml").write_text(
        "always:\n- {claim: whoever wants may enter, entry: must admit}\n", encoding="utf-8"
    )
    with serving(application([str(folder)])) as address:
        visit = Visit(browser, address)
        page = visit.open("/everyone?scenario=claimed")
        assert page.locator(".claim .verdict").first.inner_text() == "✕ Fails"
        told = page.locator("dt", has_text="entry").locator("+ dd").first.inner_text()
        page.get_by_role("link", name="Open this person").first.click()
        visit.idle()
        assert page.url.startswith(f"{address}/one")
        assert page.locator(".big").first.inner_text().startswith(told.split(",")[0])
        visit.context.close()


def test_the_chart_is_the_slider_and_the_map_and_table_follow(visit):
    page = visit.open(VIEWS["many"])
    slider = page.locator("input.over")
    before = page.locator(".map h3").inner_text()
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert page.locator(".map h3").inner_text() == "13 January 2022" != before
    assert "on=2022-01-13" in page.url
    assert "13 January 2022" in page.locator("caption").first.inner_text()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert page.locator(".map h3").inner_text() not in (before, "13 January 2022")


def test_a_run_is_cancelled_from_the_page_and_its_draws_stay(browser, server):
    visit = Visit(browser, server)
    visit.page.goto(f"{server}/many?scenario=small&draws=50&seed=77")
    cancel = visit.page.get_by_role("button", name="Cancel")
    cancel.wait_for()
    cancel.click()
    visit.page.get_by_text("cancelled").first.wait_for()
    assert "of 50 draws" in visit.page.locator(".runs").inner_text()
    visit.context.close()


def test_data_citation_and_commands_are_offered(visit):
    page = visit.open(VIEWS["many"])
    page.get_by_role("button", name="Run it yourself").click()
    page.locator("dialog pre").first.wait_for()
    assert "--draws 4 --seed 1" in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Cite").click()
    page.locator("dialog pre").nth(1).wait_for()
    assert "@software{limen-" in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Data").click()
    address = page.get_by_role("link", name=".csv").get_attribute("href")
    answer = page.request.get(visit.server + address)
    assert answer.ok
    assert answer.text().startswith("day,state,name,measure")
    for name in ("Map (.png)", "Chart (.png)"):
        with page.expect_download() as saved:
            page.get_by_role("button", name=name).click()
        picture = Path(saved.value.path()).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) > 5000
    assert visit.complaints == []
