"""Where to speak, and whether: the pull request, else the commit; silent when nothing changed, unless asked."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio_audit.action.event import Event
from portfolio_audit.action.inputs import Comment
from portfolio_audit.action.remarks import Remark
from portfolio_audit.action.story import Story
from portfolio_audit.action.telling import comment, headline
from portfolio_audit.errors import SourceError
from portfolio_audit.publishing import Annotation, Check, Marker, Published, State, Writer

_WHAT = "comment"


def speak(writer: Writer, event: Event, story: Story, wish: Comment, key: str = "") -> Published:
    """Comment as it was wished; what GitHub refuses is an outcome, never an error."""
    if wish is Comment.NEVER or not _is_heard(event, wish):
        return Published(_WHAT, State.UNCHANGED, reason="none is wanted here")
    if wish is Comment.ON_CHANGE and story.is_quiet:
        return Published(_WHAT, State.UNCHANGED, reason="nothing changed")
    create = wish is Comment.ALWAYS or not story.is_quiet
    marker, text = Marker(event.head, event.run, key), comment(story)
    try:
        pull = event.pull or (writer.open_pull(event.owner, event.branch) if event.branch else None)
    except SourceError as error:
        return Published(_WHAT, State.FAILED, reason=error.reason.rstrip("."))
    if pull is not None:
        return writer.comment_on_pull(pull, marker, text, create=create)
    if event.name == "workflow_run":
        return Published(_WHAT, State.UNCHANGED, reason="no open pull request comes from that branch")
    return writer.comment_on_commit(event.head, marker, text, create=create)


def _is_heard(event: Event, wish: Comment) -> bool:
    """Whether anybody waits for a word: after a change of a branch, or when always asked for."""
    return event.is_push or event.is_pull or event.name == "workflow_run" or wish is Comment.ALWAYS


def check_of(story: Story, remarks: Sequence[Remark]) -> Check:
    """The check run: never a failure, since the step itself fails when it should."""
    annotations = [Annotation(r.path, r.line, r.title, r.message) for r in remarks]
    return Check("neutral" if story.new else "success", headline(story), comment(story), annotations)
