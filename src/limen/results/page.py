"""One page of HTML that needs nothing but itself: no script, font or picture from outside; light and dark, desk and telephone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from html import escape

from limen.results.charts import bare, caption_of
from limen.results.gallery import Picture
from limen.results.pictures import DARK, LIGHT, NARROW, WIDE, Theme, inline, svg

ROLES = {"table": "table", "tbody": "rowgroup", "tr": "row", "th": "rowheader", "td": "cell"}
"""What the parts of a table are. A narrow page shows tables row by row that do not fit it, and their parts lose it there."""

MOST_COLUMNS = 5
"""So many columns of numbers and short texts fit a telephone's width. More are shown row by row there, as small cards."""
MOST_LETTERS = 11
"""A column with a longer cell, as an interval, is two columns wide in such a card."""

_LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, whether it holds numbers or long texts, and what the head means."""

    head: str
    number: bool = True
    says: str = ""
    long: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table with a caption. The first cell of a row is its head; cells are plain text, a pair of text and address is a link."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | tuple[str, str]]]


@dataclass(frozen=True)
class Section:
    """A part of the page: a heading, then texts, tables, pictures, and lines to be copied."""

    heading: str
    texts: Sequence[str] = ()
    sheets: Sequence[Sheet] = ()
    pictures: Sequence[Picture] = ()
    copied: Sequence[str] = field(default=())
    folded: bool = False


def page(title: str, lead: Sequence[str], sections: Iterable[Section]) -> str:
    """The page as text. Everything in it is escaped."""
    sections = list(sections)
    keys: dict[tuple[str, ...], str] = {}
    contents = "".join(f'<li><a href="#{_anchor(part.heading)}">{escape(part.heading)}</a></li>' for part in sections)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{escape(title)}</title>\n<style>{_style()}</style>\n'
        "</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1>{''.join(f'<p>{_linked(text)}</p>' for text in lead)}"
        f'<nav aria-label="On this page"><ul>{contents}</ul></nav></header>\n'
        f"<main>\n{''.join(_section(part, keys) for part in sections)}</main>\n</body>\n</html>\n"
    )


def _section(part: Section, keys: dict[tuple[str, ...], str]) -> str:
    inside = [
        *(f"<p>{_linked(text)}</p>" for text in part.texts),
        *map(_sheet, part.sheets),
        *(_figure(picture, keys) for picture in part.pictures),
        *(f'<pre tabindex="0"><code>{escape(text)}</code></pre>' for text in part.copied),
    ]
    body = "\n".join(inside)
    if part.folded:
        body = f"<details><summary>Show the table</summary>\n{body}\n</details>"
    anchor = _anchor(part.heading)
    return f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{escape(part.heading)}</h2>\n{body}\n</section>\n'


def _sheet(sheet: Sheet) -> str:
    heads = "".join(
        f'<th scope="col"{_class(column)}{_title(column)}>{escape(column.head)}</th>' for column in sheet.columns
    )
    kind = "cards" if len(sheet.columns) > MOST_COLUMNS else ""
    kind = "stacked" if any(column.long for column in sheet.columns) else kind
    roles = {tag: f' role="{role}"' if kind else "" for tag, role in ROLES.items()}
    body = [[_cell(cell) for cell in row] for row in sheet.rows]
    broad = [kind == "cards" and any(len(cell) > MOST_LETTERS for cell in cells) for cells in zip(*body)]
    rows = []
    for first, *others in body:
        cells = "".join(
            f'<td{roles["td"]}{_class(column, broader)} data-head="{escape(column.head, quote=True)}">{cell}</td>' if kind
            else f"<td{_class(column)}>{cell}</td>"
            for column, broader, cell in zip(sheet.columns[1:], broad[1:], others)
        )  # fmt: skip
        rows.append(f'<tr{roles["tr"]}><th scope="row"{roles["th"]}{_class(sheet.columns[0])}>{first}</th>{cells}</tr>')
    caption = escape(sheet.caption)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table{roles["table"]}'
        f"{f' class={kind}' if kind else ''}><caption><span>{caption}</span></caption>"
        f"<thead{roles['tbody']}><tr{roles['tr']}>{heads}</tr></thead>"
        f"<tbody{roles['tbody']}>{''.join(rows)}</tbody></table></div>"
    )


def _figure(picture: Picture, keys: dict[tuple[str, ...], str]) -> str:
    """The picture twice, for a desk and for a telephone, below its title and what its marks mean.

    What the numbers in pictures mean is told once; `keys` are those already told, each with the title of its picture.
    """
    title, says = caption_of(picture())
    drawn = []
    for kind, width in (("wide", WIDE), ("narrow", NARROW)):
        found = svg(bare(picture(LIGHT, width)))
        drawn.append(f'<div class="{kind}">{inline(found, f"{picture.name}-{kind}", escape(title, quote=True))}</div>')
    key = tuple(says[1:])
    above = keys.setdefault(key, title) if key else title
    days = f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in key)}</ul>" if key and above == title else ""
    more = "" if above == title else f" The numbered days are those of “{above}”."
    told = f"<strong>{escape(title)}</strong><span>{escape(says[0])}.{escape(more)}</span>{days}"
    return f"<figure><figcaption>{told}</figcaption>{''.join(drawn)}</figure>"


def _cell(cell: str | tuple[str, str]) -> str:
    if isinstance(cell, str):
        return escape(cell)
    text, address = cell
    if not _LINK.fullmatch(address):
        return escape(text)
    return f'<a class="citation" rel="noreferrer" href="{escape(address, quote=True)}">{escape(text)}</a>'


def _linked(text: str) -> str:
    """A text whose addresses are links."""
    parts, last = [], 0
    for found in _LINK.finditer(text):
        address = found[0].rstrip(".,;:)")
        parts += [escape(text[last : found.start()]), _cell((address, address))]
        last = found.start() + len(address)
    return "".join([*parts, escape(text[last:])])


def _class(column: Column, broad: bool = False) -> str:
    names = [name for name, given in (("number", column.number), ("long", column.long), ("broad", broad)) if given]
    return f' class="{" ".join(names)}"' if names else ""


def _title(column: Column) -> str:
    return f' title="{escape(column.says, quote=True)}"' if column.says else ""


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _colours(theme: Theme) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in asdict(theme).items())


def _style() -> str:
    return f":root{{{_colours(LIGHT)}}}@media (prefers-color-scheme:dark){{:root{{{_colours(DARK)}}}}}{STYLE}"


STYLE = """
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif}
header,main{max-width:1200px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--grid)}
p{margin:.4rem 0;max-width:46rem;overflow-wrap:anywhere}
a{color:var(--main)}
nav ul{list-style:none;margin:.9rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem}
nav a,summary{display:inline-block;padding:.15rem 0}
.scroll{overflow-x:auto;margin:.8rem 0;outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--quiet);padding:.2rem 0 .4rem}
caption span{position:sticky;left:0;display:inline-block;max-width:calc(100vw - 40px)}
th,td{text-align:left;padding:.32rem .9rem .32rem 0;vertical-align:top;border-bottom:1px solid var(--grid);font-weight:400}
thead th{color:var(--quiet);font-size:.8rem;vertical-align:bottom}
tbody th{font-weight:500;min-width:7.5rem}
tr>:last-child{padding-right:0}
td:not(.number){min-width:4rem}
td.long,tbody th.long{min-width:11rem;overflow-wrap:anywhere}
.number{text-align:right}
td.number{white-space:nowrap}
figure{margin:1.2rem 0;max-width:960px}
svg{display:block;width:100%;height:auto}
.narrow{display:none}
figcaption{font-size:.8rem;color:var(--quiet);margin-bottom:.3rem}
figcaption strong{display:block;font-size:1rem;font-weight:600;color:var(--ink)}
figcaption ul{list-style:none;margin:.2rem 0 0;padding:0;columns:2 22rem;column-gap:2rem}
figcaption li{break-inside:avoid;padding-left:1.2em;text-indent:-1.2em}
pre{background:color-mix(in srgb,var(--grid) 45%,var(--paper));padding:.7rem .9rem;border-radius:6px;
overflow-x:auto;font-size:.85rem}
summary{cursor:pointer;color:var(--main)}
main{padding-bottom:60px}
@media (max-width:640px){header,main{padding-left:16px;padding-right:16px}.wide{display:none}.narrow{display:block}
h1{font-size:1.4rem}
th,td{padding-right:.6rem}
tbody th{position:sticky;left:0;background:var(--paper);padding-right:.6rem;min-width:6.2rem;max-width:10rem}
.stacked,.stacked tbody,.stacked tr,.stacked th,.stacked td,.cards,.cards tbody,.cards th,.cards td{display:block}
.stacked thead,.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacked tr{border-bottom:1px solid var(--grid);padding:.45rem 0}
.stacked tbody th,.stacked td{border:0;padding:.12rem 0;max-width:none}
.stacked tbody th{position:static}
.stacked td:empty{display:none}
.stacked td{display:flex;justify-content:space-between;gap:1rem}
.stacked td::before{content:attr(data-head);color:var(--quiet);flex:none;max-width:45%}
.stacked td.long{text-align:right}
.stacked caption,.cards caption{display:block}
.cards tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.2rem .8rem;align-items:end;
border-bottom:1px solid var(--grid);padding:.6rem 0}
.cards tbody th{grid-column:1/-1;position:static;border:0;padding:0;max-width:none;font-weight:600}
.cards td,.cards td:not(.number){border:0;padding:0;min-width:0;text-align:left;overflow-wrap:anywhere}
.cards td.broad{grid-column:span 2}
.cards td:empty{display:none}
.cards td::before{content:attr(data-head);display:block;color:var(--quiet);font-size:.75rem;line-height:1.3;
white-space:normal}}
@media print{.scroll{overflow:visible}details:not([open])>*{display:block}}
"""
