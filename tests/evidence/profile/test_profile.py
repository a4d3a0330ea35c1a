"""What a profile shows, from what its repositories show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portfolio_audit.evidence.profile import EXTRACTORS, digested, extract
from portfolio_audit.evidence.profile.overview import Overview
from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Evidence, Fact, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.snapshot import Metadata
from portfolio_audit.model.vocabulary import Area, Vocabulary

NOW = datetime(2026, 6, 1, tzinfo=UTC)
AREAS = (Area("ts", "Time series", (), ("forecasting",)), Area("cv", "Vision", (), ("images",)))


def digest(name: str, *facts: Fact, kind: str = "ml-project", score: float = 50, **more: object) -> Digest:
    rungs = more.pop("rungs", ())
    counted = kind == "ml-project"
    return Digest(name, kind, counted, score, Metadata(**more), Evidence(facts), rungs)  # type: ignore[arg-type]


def seen(*repositories: Digest, login: str = "", **profile: object) -> Evidence:
    person = Profile(login, **profile)  # type: ignore[arg-type]
    return extract(Overview(person, repositories, Vocabulary(areas=AREAS), NOW))


def names(fact_id: str, *values: str) -> tuple[Fact, ...]:
    return tuple(Fact(fact_id, value, Location("README.md", 3)) for value in values)


def home(*facts: Fact) -> Digest:
    return digest("ada", Fact("readme.exists", at=Location("README.md")), *facts, kind="profile")


def test_only_counted_repositories_are_pieces() -> None:
    assert seen(digest("a"), digest("b", kind="coursework")).names("breadth.pieces") == {"a"}


def test_descriptions_and_topics_that_are_known() -> None:
    evidence = seen(digest("a", description="x", topics=("t",)), digest("b", description="", topics=()))
    assert evidence.number("breadth.described_share") == evidence.number("breadth.topics_share") == 0.5
    assert evidence.names("breadth.undescribed") == evidence.names("breadth.untagged") == {"b"}


def test_what_a_folder_cannot_tell_is_undecided() -> None:
    evidence = seen(digest("a"))
    for fact in ("breadth.described_share", "breadth.topics_share", "breadth.shown_share", "breadth.profile_readme"):
        assert len(evidence.undecided(fact)) == 1


def test_pinned_or_linked_pieces_are_shown() -> None:
    linked = home(*names("readme.links", "https://github.com/ada/b"))
    evidence = seen(linked, digest("ada/a", pinned=True), digest("ada/b"), digest("ada/c"), login="ada")
    assert evidence.number("breadth.shown_share") == pytest.approx(2 / 3)
    assert evidence.names("breadth.unshown") == {"ada/c"}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://github.com/ada/b.git", True),
        ("https://github.com/Ada/B/tree/main/src#top", True),
        ("https://ada.github.io/b/", True),
        ("https://github.com/ada/b-extra", False),
        ("https://github.com/eve/b", False),
        ("https://github.com/ada", False),
    ],
)
def test_addresses_that_lead_to_a_piece(url: str, shown: bool) -> None:
    evidence = seen(home(*names("readme.links", url)), digest("ada/b"), login="ada")
    assert (evidence.number("breadth.shown_share") == 1) is shown


@pytest.mark.parametrize(("words", "told"), [(80, True), (10, False)])
def test_a_profile_readme_says_more_than_a_greeting(words: int, told: bool) -> None:
    assert seen(home(Fact("readme.words", words)), login="ada").has("breadth.profile_readme") is told


def test_the_focus_is_the_area_of_most_of_the_score() -> None:
    evidence = seen(
        digest("a", *names("area.words", "ts"), score=80),
        digest("b", *names("area.words", "ts", "cv"), *names("area.imports", "ts"), score=60),
        digest("c", *names("area.imports", "cv"), score=20),
    )
    assert evidence.number("focus.share") == pytest.approx(140 / 160)
    assert [f.at.path for f in evidence.known("focus.area")] == ["a", "b"]
    assert evidence.names("focus.area") == {"Time series"}


def test_one_piece_shows_no_focus() -> None:
    assert seen(digest("a", *names("area.words", "ts"))).undecided("focus.share")


@pytest.mark.parametrize(
    ("bio", "stated"), [("I do forecasting.", True), ("I like gardens.", False), ("Reforecasting", False)]
)
def test_the_bio_can_state_the_focus(bio: str, stated: bool) -> None:
    pieces = [digest(n, *names("area.words", "ts")) for n in "ab"]
    assert seen(*pieces, login="ada", bio=bio).has("focus.stated") is stated


def test_writing_is_counted_once_whatever_the_slash() -> None:
    evidence = seen(digest("a", *names("writing.links", "https://x.y/1", "https://X.y/1/")))
    assert evidence.names("writing.pieces") == {"https://x.y/1"}


def test_links_in_forks_are_not_the_persons_writing() -> None:
    assert not seen(digest("f", *names("writing.links", "https://x.y/1"), kind="fork")).has("writing.pieces")


def test_stock_data_is_a_toy_and_working_parts_are_a_big_shot() -> None:
    parts = tuple((part, Rung.WIRED) for part in ("api", "hosting", "monitoring", "versioning"))
    evidence = seen(
        digest("toy", *names("data.stock", "Titanic"), rungs=parts),
        digest("big", Fact("data.scripted"), Fact("results.reported"), rungs=parts),
    )
    assert evidence.names("ambition.only_stock") == evidence.names("breadth.toy") == {"toy"}
    assert evidence.names("ambition.big_shot") == evidence.names("ambition.own_problem") == {"big"}


def test_declared_parts_alone_are_nothing_complex() -> None:
    assert not seen(digest("a", rungs=(("api", Rung.DECLARED),))).has("breadth.complex")


def test_recent_papers_are_at_most_three_years_old() -> None:
    cited = names("research.citations", "arXiv:2306.00001 (2023)", "arXiv:1706.03762 (2017)", "doi:10.1/x")
    evidence = seen(digest("a", *cited), digest("b", *cited))
    assert len(evidence.known("research.cited")) == 3
    assert evidence.names("research.recent") == {"arXiv:2306.00001 (2023)"}


def test_two_aspects_of_discussion_make_a_piece_ready() -> None:
    evidence = seen(
        digest("ready", Fact("discussion.limits"), Fact("discussion.decisions")),
        digest("partly", Fact("discussion.limits")),
        digest("silent"),
    )
    assert evidence.number("discussion.ready_share") == pytest.approx(1 / 3)
    assert evidence.names("discussion.ready") == {"ready"}
    assert evidence.names("discussion.silent") == {"silent"}


@pytest.mark.parametrize(
    ("profile", "places"),
    [
        ({"blog": "blog.ada.example"}, {"https://blog.ada.example"}),
        ({"blog": "https://ada.example/blog/"}, {"https://ada.example/blog/"}),
        ({"blog": "", "links": ("https://medium.com/@ada",)}, {"https://medium.com/@ada"}),
        ({"blog": "https://ada.example", "links": ("https://weblogic.example", "https://x.y/in/ada")}, set()),
        ({}, set()),
    ],
)
def test_places_where_they_publish(profile: dict[str, object], places: set[str], vocabulary: Vocabulary) -> None:
    overview = Overview(Profile(**profile), (), vocabulary, NOW)  # type: ignore[arg-type]
    seen = extract(overview)
    assert (seen.names("writing.places"), seen.undecided("writing.places")) == (places, ())


def test_work_that_others_took(vocabulary: Vocabulary) -> None:
    merged = ("org/tool", "Ada/tides", "first-contributions/first-contributions", "x/awesome-ml")
    found = extract(Overview(Profile("ada", contributions_elsewhere=merged), (), vocabulary, NOW))
    assert found.names("ambition.contributions") == {"org/tool"}
    assert seen().undecided("ambition.contributions")


def test_pins_that_show_no_work() -> None:
    evidence = seen(
        digest("a", pinned=True),
        digest("b", kind="docs", pinned=True),
        digest("c", kind="coursework", pinned=True),
        digest("d", kind="fork", pinned=True, parent="org/d"),
        digest("e", kind="fork", pinned=True, parent="Org/Tool"),
        digest("f", kind="empty", pinned=False),
        digest("g", kind="empty"),
        contributions_elsewhere=("org/tool",),
    )
    assert evidence.names("breadth.pinned") == {"a", "b", "c", "d", "e"}
    assert evidence.names("breadth.wasted_pins") == {"c", "d"}


def test_days_since_they_pushed_anything_of_their_own() -> None:
    days = [NOW - timedelta(days=days) for days in (40, 7, 1)]
    pieces = digest("a", pushed_at=days[0]), digest("b", pushed_at=days[1]), digest("c")
    fork = digest("d", kind="fork", pushed_at=days[2])
    assert seen(*pieces, fork).number("breadth.days_since_push") == 7
    assert seen(digest("a")).undecided("breadth.days_since_push")
    assert not seen().of("breadth.days_since_push")


def test_the_name_can_state_the_focus() -> None:
    pieces = [digest(n, *names("area.words", "ts")) for n in "ab"]
    assert seen(*pieces, login="ada", bio="", name="Ada | forecasting").has("focus.stated")


def test_an_empty_profile_shows_nothing_and_does_not_fail() -> None:
    assert not seen().names("breadth.pieces")


def test_locations_start_with_the_repository() -> None:
    assert seen(digest("a", *names("writing.links", "https://x.y"))).known("writing.pieces")[0].at == Location(
        "a/README.md", 3
    )


def test_digests_keep_only_what_is_asked_for() -> None:
    kept = digested(Evidence((Fact("data.stock", "Iris"), Fact("repository.files", "x.py"))))
    assert [f.id for f in kept.facts] == ["data.stock"]


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_facts_are_named_after_the_criterion(extractor: object) -> None:
    criterion = extractor.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    assert all(spec.id.startswith(f"{criterion}.") for spec in extractor.FACTS)  # type: ignore[attr-defined]
