"""Exit codes of `vankho`, derived from the rows of the runs it made. Cron sees these and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum


class Exit(IntEnum):
    """What a command ended with; where several apply, the first in this order after WELL."""

    WELL = 0
    """All done."""
    BUG = 1
    """An error nobody foresaw; the traceback says where."""
    USAGE = 2
    """Bad input: a wrong option or declaration, a missing file, a folder that cannot be written."""
    NOT_AN_ARTICLE = 3
    """`vankho extract`: the page is no article."""
    DISK_FULL = 4
    """The disk is full or failing; what was recorded before is whole."""
    LOCKED = 5
    """Another run holds the archive or the host."""
    NETWORK = 6
    """Nothing answers: the host or our network is down, or a server asks for a pause longer than we wait."""
    BLOCKED = 7
    """The site answers with challenge pages, or its robots.txt cannot be had or forbids the crawl."""
    LAYOUT = 8
    """A listing shows nothing we understand, or pages have lost fields: the site has probably changed."""
    FAILED = 9
    """Some pages or listings failed; their Issues say which."""
    NOTHING_NEW = 10
    """Fewer new articles than the declaration expects."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C or SIGTERM; the same command goes on where it stopped."""


_MANY_UNREAD = 3
"""Pages without headline or body, when they are most of a run's, that speak of a changed layout."""
_BY_REASON = {
    "full": Exit.DISK_FULL,
    "unwritable": Exit.USAGE,
    "locked": Exit.LOCKED,
    "network": Exit.NETWORK,
    "busy": Exit.NETWORK,
    "challenged": Exit.BLOCKED,
    "robots": Exit.BLOCKED,
    "interrupted": Exit.INTERRUPTED,
    "start_error": Exit.BUG,
    "failed": Exit.BUG,
}
_SEVERITY = (
    Exit.INTERRUPTED, Exit.BUG, Exit.DISK_FULL, Exit.USAGE, Exit.LOCKED, Exit.NETWORK, Exit.BLOCKED,
    Exit.LAYOUT, Exit.FAILED, Exit.NOTHING_NEW, Exit.WELL,
)  # fmt: skip


def exit_of_run(reason: str, issues: Mapping[str, int], fetched: int = 0) -> Exit:
    """Return the code of one run, by why it ended, its errors by kind and how many article pages it fetched.

    A list that shows nothing, pages that differ from the site's earlier ones, or most pages without headline
    or body, is a changed layout; one such page is a page that failed.

    >>> exit_of_run("finished", {}).name, exit_of_run("finished", {"EmptyListing": 1}, 40).name
    ('WELL', 'LAYOUT')
    >>> exit_of_run("finished", {"MissingField": 1}, 40).name
    'FAILED'
    """
    if reason in _BY_REASON:
        return _BY_REASON[reason]
    if issues.get("RobotsForbidden"):
        return Exit.BLOCKED  # of a listing: of an article it is no error
    unread = issues.get("MissingField", 0) + issues.get("NotAnArticle", 0)
    changed = issues.get("EmptyListing") or issues.get("LayoutSuspected")
    if changed or (unread >= _MANY_UNREAD and unread * 2 > fetched):
        return Exit.LAYOUT
    if set(issues) == {"TooQuiet"}:
        return Exit.NOTHING_NEW
    return Exit.FAILED if issues else Exit.WELL


def worst(exits: Iterable[Exit]) -> Exit:
    """Return the one that matters most.

    >>> worst([Exit.WELL, Exit.FAILED, Exit.NETWORK]).name
    'NETWORK'
    """
    return min(exits, key=_SEVERITY.index, default=Exit.WELL)
