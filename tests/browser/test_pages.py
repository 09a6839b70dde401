"""The pages that commands write, in a real browser: nothing is fetched, nothing overflows, and anybody can read them."""

import pytest

WIDTHS, THEMES, NAMES = (1440, 390), ("light", "dark"), ("report", "comparison")


@pytest.fixture(params=[(name, width, theme) for name in NAMES for width in WIDTHS for theme in THEMES], ids=str)
def page(request, browser, pages):
    """A page at a width and in a theme, with whatever it asks for beyond its own file, and what it complains of."""
    name, width, theme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")
    opened = context.new_page()
    opened.asked, opened.complaints = [], []
    opened.on("request", lambda one: opened.asked.append(one.url) if one.url != pages[name].as_uri() else None)
    opened.on("console", lambda one: opened.complaints.append(one.text) if one.type == "error" else None)
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    context.set_offline(True)
    opened.goto(pages[name].as_uri())
    yield opened
    context.close()


def test_it_opens_with_the_network_cut_and_asks_for_nothing(page):
    assert [url for url in page.asked if not url.startswith("data:")] == []
    assert page.complaints == []


def test_it_has_one_heading_above_all_and_pictures_with_a_text(page):
    assert page.locator("h1").count() == 1
    pictures = page.locator("svg[role=img], img")
    assert pictures.count() > 0
    for picture in pictures.all():
        assert (
            picture.get_attribute("aria-label")
            or picture.get_attribute("alt")
            or picture.get_attribute("aria-labelledby")
        )


def test_the_page_itself_never_scrolls_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_no_table_scrolls_sideways_either_and_each_number_keeps_its_head(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wide = "found => found.filter(one => one.scrollWidth > one.clientWidth).map(one => one.ariaLabel)"
    assert page.locator(".scroll").count() > 0
    assert page.eval_on_selector_all(".scroll", wide) == []
    if page.viewport_size["width"] < 640:
        shown = "found => found.map(one => [getComputedStyle(one, '::before').content, one.dataset.head])"
        told = page.eval_on_selector_all(".cards td, .stacked td", shown)
        assert told
        assert all(content == f'"{head}"' for content, head in told)


def test_axe_finds_nothing(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
