"""Reading `sources.yaml`: the texts that figures rest on."""

from __future__ import annotations

import re

from limen.text.forms import Form, as_table
from limen.text.nodes import Document

SOURCE_KEYS = ("cite", "link", "published", "note")


def read_sources(document: Document) -> dict[str, str]:
    """The citations by id, each with its day of publication and its link where it has them."""
    if document.root is None:
        return {}
    form = Form(document, document.root, "a file of sources", ("sources",), ("sources",))
    table = form.table_at("sources")
    sources: dict[str, str] = {}
    for id_, (key, node) in table.items.items() if table else ():
        if not re.fullmatch(r"[^\s,]+", id_):
            document.fault(key, "The id of a source is one word without spaces or commas.")
        sources[id_] = id_
        inner = as_table(document, node, repr(id_))
        if inner is None:
            continue
        form = Form(document, inner, "a source", SOURCE_KEYS, ("cite",))
        published = form.date("published")
        form.word("note")
        parts = (form.text("cite"), f"published {published}" if published else "", form.text("link"))
        sources[id_] = ", ".join(part for part in parts if part)
    return sources
