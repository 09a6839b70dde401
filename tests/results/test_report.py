"""The report: one page that needs nothing but itself and that anybody can read."""

from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import numpy as np
import pytest
from tests.results.fake import Fake, scenario

import limen
from limen.results import charts, gallery, pins, report, report_compared
from limen.results import page as pages
from limen.results.compare import both, compared
from limen.results.ensemble import about, dataset
from limen.results.tables import read, table
from limen.world.places import Step

NASTY = '</title><script>alert("x")</script>&'
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Collects the elements of a page, and whether they are closed in order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def made():
    model, told = Fake(), replace(scenario(), title=NASTY, policy=limen.read("finland-estonia-2022").policy)
    run = about("sketch", NASTY, 1, 12, "limen run sketch --draws 12", told.hashes)
    data = dataset(model.labels, {draw: model.simulate(1, draw) for draw in range(12)}, run)
    counts = read(data, told)
    found = table(data, told, run, counts)
    run_page = report.run_report(told, found, gallery.of_run(data, told, counts, found), ["A note of the model."])
    changed = Fake(shut={"FI": scenario().events[0].start})
    one, other = both(model, changed, told, 1, 12, 2, lambda _: None)
    difference = compared(one, other, told, model.labels, run, [NASTY])
    pictures = gallery.of_comparison(told, one, other, difference)
    return {"run": run_page, "comparison": report_compared.comparison_report(told, difference, pictures)}


@pytest.fixture(params=["run", "comparison"])
def page(made, request):
    return Page(made[request.param])


def test_nothing_comes_from_outside_but_links_to_sources(page, made):
    assert not {"script", "link", "iframe", "img", "image", "object", "embed", "base"} & {
        tag for tag, _ in page.elements
    }
    for tag, attributes in page.elements:
        for name, said in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if said and name in ("src", "href", "xlink:href") and "://" in said:
                assert (tag, attributes["class"]) == ("a", "citation")
    for text in made.values():
        assert "@import" not in text
        assert "url(http" not in text


def test_everything_that_a_scenario_says_is_escaped(page, made):
    assert not any("<script" in text for text in made.values())
    assert NASTY in "".join(page.words)


def test_every_element_is_closed_in_order(page):
    assert page.open == []


def test_there_is_one_heading_above_all_and_the_others_follow_it(page):
    levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels) == {1, 2}


def test_a_reader_without_sight_finds_language_landmarks_captions_and_names(page):
    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("title")) == 1
    assert len(page.all("caption")) == len(page.all("table")) >= 3
    assert len(page.all("figcaption")) == len(page.all("figure")) >= 3
    drawn = page.all("svg")
    assert len(drawn) == 2 * len(page.all("figure"))
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in drawn)
    assert {attributes["scope"] for attributes in page.all("th")} == {"col", "row"}
    regions = [attributes for attributes in page.all("div") if attributes.get("role") == "region"]
    assert regions
    assert all(attributes["aria-label"] and attributes["tabindex"] == "0" for attributes in regions)


def test_no_two_elements_have_one_name_and_every_link_inside_leads_somewhere(page):
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))
    inside = [attributes["href"] for attributes in page.all("a") if attributes["href"].startswith("#")]
    assert inside
    assert {address[1:] for address in inside} <= set(names)
    assert all(attributes["aria-labelledby"] in names for attributes in page.all("section"))


def test_it_follows_the_theme_and_width_of_who_reads_it(made):
    for text in made.values():
        assert "prefers-color-scheme:dark" in text
        assert "max-width:640px" in text
        assert 'name="viewport"' in text


def test_a_run_is_told_with_its_sources_notes_command_and_citation(made):
    text = "".join(Page(made["run"]).words)
    for part in (
        "Finland", "53,000 in the week", "A <b>count</b>", "lognormal", "Frontex, situation at the land borders",
        "A note of the model.", "Entries and exits are crossings", "Helsinki Airport", "On a trip",
        "limen run sketch --draws 12", "@software{limen-",
        "policy/rules.yaml",
    ):  # fmt: skip
        assert part in text


def test_only_addresses_of_the_web_become_links():
    from limen.results.page import _cell, _linked

    assert _cell(("x", "javascript:alert(1)")) == "x"
    assert _cell(("x", 'https://a.org/"onmouseover="y')) == "x"
    assert 'href="https://a.org/b?c=1&amp;d"' in _cell(("x", "https://a.org/b?c=1&d"))
    assert (
        _linked("see https://a.org/b.")
        == 'see <a class="citation" rel="noreferrer" href="https://a.org/b">https://a.org/b</a>.'
    )


def test_the_days_of_events_come_before_those_of_rules_on_the_pictures():
    told = scenario()
    steps = (Step("entry", {"state": "FI", "where": "land border"}),)
    told.world.ways["road to FI"] = replace(told.world.ways["road to FI"], steps=steps)
    told = replace(told, policy=limen.read("finland-estonia-2022").policy)
    found = pins.pins(told, told.period.report_from, told.period.end)
    assert "partial mobilisation" in [pin.label for pin in found]
    assert [pin.day for pin in found] == sorted(pin.day for pin in found)
    assert 1 < len(found) <= pins.MOST_PINS


def test_what_numbered_days_mean_stands_below_their_picture_or_is_pointed_to():
    def line(name, label):
        days = tuple(date(2022, 9, 1) + timedelta(days=n) for n in range(30))
        found = charts.Line(name, days, np.ones((3, 30)))
        return gallery.Picture(
            name,
            lambda theme, width: charts.over_time(found, "x", [charts.Pin(days[9], label)], (), None, theme, width),
        )

    made = [line("first", "the order"), line("second", "another day"), line("third", "the order")]
    text = pages.page("T", [], [pages.Section("S", pictures=made)])
    assert text.count("1: 10 Sep, the order") == 1
    assert text.count("1: 10 Sep, another day") == 1
    assert "The numbered days are those of “first”." in text


def test_tables_with_long_texts_name_their_cells_for_narrow_pages():
    columns = [pages.Column("What", False), pages.Column("Source", False, long=True)]
    text = pages.page(
        "T", [], [pages.Section("S", sheets=[pages.Sheet("C", columns, [("a", ("b", "https://x.org"))])])]
    )
    assert '<table role="table" class=stacked>' in text
    assert '<td role="cell" class="long" data-head="Source"><a ' in text


def test_sources_with_an_address_are_links_and_how_many_counts_are_left_out_is_said(made):
    assert '<a class="citation" rel="noreferrer" href="https://example.org/count">' in made["run"]
    assert "Of 6 counts, 4 are compared with the simulation." in "".join(Page(made["run"]).words)
    assert report.cited("A text, 2022, https://a.org/b") == ("A text, 2022", "https://a.org/b")
    assert report.cited("A text, 2022") == "A text, 2022"
