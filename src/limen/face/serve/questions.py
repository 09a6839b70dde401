"""What can be asked over HTTP: one model a question, with the names that the command line has."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from limen.face.stated import day_of

Name = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=4 * 1024 * 1024)]


Day = Annotated[
    date, BeforeValidator(day_of), WithJsonSchema({"type": "string", "format": "date", "examples": ["2022-09-30"]})
]


def _not_last(day: date) -> date:
    if day == date.max:
        raise ValueError("This is the end of time; choose an earlier day.")
    return day


class Question(BaseModel):
    """What all questions share. The policy is a served one by its name, or one whose files are sent along, by file name."""

    model_config = ConfigDict(extra="forbid")

    policy: Name = Field("", description="The name of a policy that is served.")
    files: dict[Name, Text] = Field(
        default_factory=dict,
        max_length=64,
        description="The texts of a whole policy, by file name, in place of a served one.",
    )
    known_on: Day | None = Field(None, description="Leave out what was published later.")
    under: dict[Name, Name] = Field(
        default_factory=dict,
        max_length=50,
        description="Take disputed texts to mean this; without it every reading counts.",
    )


class AboutPerson(Question):
    """A question about one person. Nothing of it is kept or logged. Facts that are left out stay unknown."""

    person: dict[Name, Name | int | Annotated[list[Name], Field(max_length=200)]] = Field(
        default_factory=dict, max_length=400, description="Facts by name; a list where several are held or possible."
    )
    person_file: Annotated[str, Field(max_length=1024 * 1024)] = Field(
        "", description="The text of a YAML or JSON file with further facts, as for `limen ask --person`."
    )
    doors: list[Name] = Field(default_factory=list, max_length=100, description="Only these doors; empty: all.")


class Ask(AboutPerson):
    """Which doors are open to a person on a day, and why."""

    on: Day
    explain: bool = Field(True, description="Also the fewest facts that force each answer, and near misses.")


class AskCalendar(AboutPerson):
    """The doors of a person by day, from a day to another, both included."""

    start: Day
    end: Annotated[Day, AfterValidator(_not_last)]


class AskWays(AboutPerson):
    """The lawful ways of a person out of the state that is left, door by door."""

    on: Day
    issuer: Name = Field("", description="The state that issued the person's papers.")
    ways: list[Name] = Field(default_factory=list, max_length=200, description="Only these ways; empty: all.")
    brief: bool = Field(False, description="Without the reasons of each door.")


class Check(Question):
    """Whether the claims of a policy hold for everyone, on every day or on one."""

    on: Day | None = None


class Repair(Question):
    """The smallest changes of the rules that make a claim hold."""

    claim: Name
    most: int = Field(3, ge=1, le=20)


class Audit(Question):
    """Where one fact decides."""

    by: Name
    among: list[Name] = Field(default_factory=list, max_length=400, description="Only these values of it; empty: all.")
    on: Day | None = None
    doors: list[Name] = Field(default_factory=list, max_length=100)


class Diff(Question):
    """Who is treated differently on two days, or without some rules."""

    on: Day | None = None
    against: Day | None = None
    without: list[Name] = Field(default_factory=list, max_length=100)
    doors: list[Name] = Field(default_factory=list, max_length=100)


class Reach(BaseModel):
    """Who could lawfully reach a door, by state and kind of people."""

    model_config = ConfigDict(extra="forbid")

    scenario: Name
    door: Name = "asylum procedure"
    start: Day | None = None
    end: Annotated[Day, AfterValidator(_not_last)] | None = None
    irregular: bool = Field(False, description="Count ways by the green border as well.")
    known_on: Day | None = None
    under: dict[Name, Name] = Field(default_factory=dict, max_length=50)


class Run(BaseModel):
    """A simulation: what `limen run` takes. `alternative` lays an alternative policy of the scenario over it."""

    model_config = ConfigDict(extra="forbid")

    scenario: Name
    draws: int = Field(100, ge=1)
    seed: int = Field(1, ge=0, le=2**32 - 1)
    until: Day | None = None
    prior: bool = False
    alternative: Name = ""
