"""The Python of the reference runs as it stands."""

import re
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "python.md"


def test_the_code_of_the_page_runs():
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found = {}
    exec(code, found)
    assert list(found["verdicts"]["asylum procedure"]) == ["must open", "does not arise", "does not arise"]
    assert found["compared"].changes[0].after.answer == "must refuse"
    assert found["decided"] == ["short-stay visa", "entry"]
    assert found["mended"].repairs[0].changes[0].text.startswith("unless:")
    assert {"FI", "EE"} <= found["heard"]
    assert "BY" not in found["heard"]
