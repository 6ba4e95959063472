"""Bytes -> output/: the only stage that writes. Old file or new file, never a torn one; a person's draft is never lost.

In: relative names with their bytes, and what the manifest should say. Out: the files, `run.json`, and last of all
`manifest.json`. Everything is planned and staged on the disk before the first old file is replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.publish.folder import Folder, open_folder
from reportgen.publish.lock import hold
from reportgen.publish.names import check_name, check_names
from reportgen.publish.plan import (
    BASES,
    EDITABLE,
    FROM,
    LEFT,
    MERGEABLE,
    Merge,
    Merged,
    Plan,
    belongs,
    is_open,
    known_base,
    make_plan,
)
from reportgen.publish.record import (
    MANIFEST,
    PENDING,
    RUN,
    Record,
    as_json,
    digest,
    is_issue,
    issue_folders,
    outputs,
    read_json,
    read_record,
)

__all__ = [
    "Merge",
    "Merged",
    "Plan",
    "base_of",
    "check_name",
    "digest",
    "hold",
    "is_issue",
    "is_open",
    "is_whole",
    "issue_folders",
    "known_files",
    "preview",
    "publish",
    "read_manifest",
    "replace_files",
    "replacing",
    "write_file",
]

_PATIENCE = 3


def publish(
    artifacts: Mapping[str, bytes],
    folder: Path,
    *,
    manifest: Mapping[str, Any],
    run: Mapping[str, Any],
    figures: Mapping[str, tuple[str, ...]] | None = None,
    made_of: Mapping[str, str] | None = None,
    complete: bool = True,
    failed: Collection[str] = (),
    merge: Merge | None = None,
) -> Plan:
    """Write `artifacts` below `folder`; the caller holds the lock of the output folder.

    `manifest` and `run` are what the two records say besides the outputs; `figures` names the figures on a file,
    `made_of` digests what it was made of, for `known_files` of a later run.
    Without `complete` the files of an earlier issue that are not in `artifacts` stay; those of `failed`, paths without
    suffix, stay in any case. `merge` takes a new version into an edited Word draft. Raises ReportgenError and leaves
    the earlier issue as it was when a name is not safe or the disk refuses.
    """
    check_names(artifacts)
    with open_folder(folder) as opened:
        try:
            record = read_record(opened)
            opened.sweep(_parents((*artifacts, *record.ours)))
            plan = _stage(artifacts, opened, record, complete, failed, merge)
            opened.commit()
            for name in plan.remove:
                opened.remove(name)
                opened.remove(f"{BASES}/{name}")
            answered = record.left.keys() & {*artifacts, *plan.remove} - plan.left.keys() - plan.beside.keys()
            for name in sorted(answered):
                opened.remove(f"{LEFT}/{name}")
                opened.remove(f"{FROM}/{name}")
            entries = _entries(artifacts, plan, record, figures or {}, made_of or {}, complete, failed)
            opened.stage(RUN, as_json({**run, "files": _report(plan)}))
            opened.commit()
            opened.stage(MANIFEST, as_json({**manifest, "outputs": entries}))
            opened.commit()
            opened.remove(PENDING)
        except OSError as error:
            raise ReportgenError(
                f"cannot write: {error.strerror or error}", where=str(folder), hint="free space, or --out FOLDER"
            ) from None
    return plan


def preview(
    artifacts: Mapping[str, bytes],
    folder: Path,
    *,
    complete: bool = True,
    failed: Collection[str] = (),
    merge: Merge | None = None,
) -> Plan:
    """What `publish` would do; nothing is written."""
    check_names(artifacts)
    if not folder.is_dir():
        return make_plan(artifacts, None, Record(), complete=complete)
    with open_folder(folder) as opened:
        return make_plan(artifacts, opened, read_record(opened), complete=complete, failed=failed, merge=merge)


def replace_files(artifacts: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Write `artifacts` straight into a folder of which the program keeps no record; no file is ever torn."""
    check_names(artifacts)
    with replacing(folder) as opened:
        for name in sorted(artifacts):
            opened.stage(name, artifacts[name])
    return tuple(sorted(artifacts))


@contextmanager
def replacing(folder: Path) -> Iterator[Folder]:
    """A folder of which the program keeps no record; what is staged in the `with` is put in its place at the end."""
    with open_folder(folder.resolve()) as opened:
        try:
            yield opened
            opened.commit()
        except OSError as error:
            raise ReportgenError(f"cannot write: {error.strerror or error}", where=str(folder)) from None


def write_file(path: Path, data: bytes) -> None:
    """Write one file where a person wants it, wholly or not at all."""
    with open_folder(path.parent.resolve()) as opened:
        try:
            opened.stage(path.name, data)
            opened.commit()
        except OSError as error:
            raise ReportgenError(f"cannot write: {error.strerror}", where=str(path), hint="another --out") from None


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an issue; empty when there is none that can be believed."""
    try:
        return read_json((folder / MANIFEST).read_bytes())
    except OSError:
        return {}


def base_of(folder: Path, name: str) -> bytes | None:
    """The version of Word file `name` that a draft was last made from; None when it is not known for certain."""
    if not folder.is_dir():
        return None
    with open_folder(folder) as opened:
        return known_base(opened, name, read_record(opened))


def known_files(folder: Path, names: Iterable[str]) -> dict[str, tuple[str, bytes]]:
    """Those of `names` of which the program still has what it made: a digest of what of, and the bytes.

    Of Word files it is the copy that drafts are merged from, so that a person's draft is as good as an untouched one.
    """
    known: dict[str, tuple[str, bytes]] = {}
    if not folder.is_dir():
        return known
    with open_folder(folder) as opened:
        record = read_record(opened)
        for name in names:
            entry = record.entries.get(name, {})
            if not isinstance(entry.get("made_of"), str):
                continue
            data = known_base(opened, name, record) if name.endswith(MERGEABLE) else opened.read(name)
            if data is not None and digest(data) == record.bases[name]:
                known[name] = entry["made_of"], data
    return known


def is_whole(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether every file that the manifest names is there, and unchanged unless it is one that people edit."""
    if not folder.is_dir() or (folder / PENDING).exists():
        return False
    with open_folder(folder) as opened:
        for name, entry in outputs(manifest).items():
            found = opened.read(name)
            if found is None or (digest(found) != entry["sha256"] and not name.endswith(EDITABLE)):
                return False
    return True


def _stage(
    artifacts: Mapping[str, bytes],
    folder: Folder,
    record: Record,
    complete: bool,
    failed: Collection[str],
    merge: Merge | None,
) -> Plan:
    """Stage what a plan writes; plan anew when a person has saved a draft meanwhile."""
    for _ in range(_PATIENCE):
        seen = {name: folder.read(name) for name in artifacts if name.endswith(EDITABLE)}
        plan = make_plan(artifacts, folder, record, complete=complete, failed=failed, merge=merge)
        # Should the run die between two renames, the next one must know the new files for the program's own.
        mine = {name: digest(data) for name, data in plan.content.items() if name not in plan.merged}
        noted = {name: [*record.ours.get(name, ()), sha256] for name, sha256 in mine.items()}
        folder.stage(PENDING, as_json({**read_json(folder.read(PENDING)), **noted}))
        folder.commit()
        for name, data in plan.content.items():
            folder.stage(name, data)
        for name, data in _bases(artifacts, plan):
            if folder.read(name) != data:
                folder.stage(name, data)
        if all(folder.read(name) == data for name, data in seen.items()):
            return plan
        folder.drop_staged()
    raise ReportgenError("drafts are being saved all the time", where=str(folder.path), hint="again in a minute")


def _bases(artifacts: Mapping[str, bytes], plan: Plan) -> Iterator[tuple[str, bytes]]:
    """What to remember of every Word file that is written or merged: the program's own version, what people left."""
    for name, data in artifacts.items():
        target = plan.beside.get(name, name)
        if name.endswith(MERGEABLE):
            yield f"{BASES}/{target}", data
    for name, (theirs, base, _) in plan.left.items():
        yield f"{LEFT}/{name}", theirs
        yield f"{FROM}/{name}", base


def _parents(names: tuple[str, ...]) -> tuple[str, ...]:
    """The subfolders of `names`, those of their bases too."""
    parents = {name.rpartition("/")[0] for name in names} | {""}
    kept = {f"{folder}/{parent}".rstrip("/") for folder in (BASES, LEFT, FROM) for parent in parents}
    return tuple(sorted(parents | kept))


def _entries(
    artifacts: Mapping[str, bytes],
    plan: Plan,
    record: Record,
    figures: Mapping[str, tuple[str, ...]],
    made_of: Mapping[str, str],
    complete: bool,
    failed: Collection[str],
) -> dict[str, Any]:
    # a kept draft stays on record as the program last wrote it, so that it still differs the next time
    entries = {
        name: entry
        for name, entry in record.entries.items()
        if not complete or name in plan.beside or belongs(name, failed)
    }
    for name, data in artifacts.items():
        target = plan.beside.get(name, name)
        written = plan.content.get(target, data)
        entry: dict[str, Any] = {"sha256": digest(written), "bytes": len(written)}
        entry["figures"] = list(figures.get(name, ()))
        if name in made_of:
            entry["made_of"] = made_of[name]
        if name in plan.merged:
            entry |= {"edited": True, "base": digest(data)}
        if name in plan.left:
            theirs, base, merged = map(digest, plan.left[name])
            entry["left"] = {"sha256": theirs, "base": base, "written": merged}
        entries[target] = entry
    return entries


def _report(plan: Plan) -> dict[str, Any]:
    return {
        "written": list(plan.write),
        "unchanged": len(plan.same),
        "drafts_merged": {name: plan.said[name] for name in plan.merged if name not in plan.same},
        "drafts_kept": {name: {"new": new, "why": plan.said[name]} for name, new in plan.beside.items()},
        "removed": list(plan.remove),
    }
