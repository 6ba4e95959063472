"""Bytes -> output/: the only stage that writes. Old file or new file, never a torn one; a person's draft is never lost.

In: relative names with their bytes, and what the manifest should say. Out: the files, `run.json`, and last of all
`manifest.json`. Everything is planned and staged on the disk before the first old file is replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.publish.folder import Folder, open_folder
from reportgen.publish.lock import hold
from reportgen.publish.names import check_name, check_names
from reportgen.publish.plan import Plan, make_plan
from reportgen.publish.record import MANIFEST, PENDING, RUN, as_json, digest, pending, read_json, written

__all__ = ["Plan", "check_name", "digest", "hold", "is_whole", "preview", "publish", "read_manifest", "replace_files"]


def publish(
    artifacts: Mapping[str, bytes],
    folder: Path,
    *,
    manifest: Mapping[str, Any],
    run: Mapping[str, Any],
    figures: Mapping[str, tuple[str, ...]] | None = None,
    complete: bool = True,
) -> Plan:
    """Write `artifacts` below `folder`; the caller holds the lock of the output folder.

    `manifest` and `run` are what the two records say besides the outputs; `figures` names the figures on a file.
    Without `complete` the files of an earlier issue that are not in `artifacts` stay. Raises ReportgenError and
    leaves the earlier issue as it was when a name is not safe or the disk refuses.
    """
    check_names(artifacts)
    with open_folder(folder) as opened:
        try:
            return _publish(artifacts, opened, manifest, run, figures or {}, complete)
        except OSError as error:
            raise ReportgenError(
                f"cannot write: {error.strerror or error}", where=str(folder), hint="free space, or --out FOLDER"
            ) from None


def preview(artifacts: Mapping[str, bytes], folder: Path, *, complete: bool = True) -> Plan:
    """What `publish` would do; nothing is written."""
    check_names(artifacts)
    if not folder.is_dir():
        return make_plan(artifacts, None, {}, complete=complete)
    with open_folder(folder) as opened:
        return make_plan(artifacts, opened, _ours(opened), complete=complete)


def replace_files(artifacts: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Write `artifacts` straight into a folder of which the program keeps no record; no file is ever torn."""
    check_names(artifacts)
    with open_folder(folder.resolve()) as opened:
        try:
            for name in sorted(artifacts):
                opened.stage(name, artifacts[name])
            opened.commit()
        except OSError as error:
            raise ReportgenError(f"cannot write: {error.strerror or error}", where=str(folder)) from None
    return tuple(sorted(artifacts))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an issue; empty when there is none that can be believed."""
    try:
        return read_json((folder / MANIFEST).read_bytes())
    except OSError:
        return {}


def is_whole(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether every file that the manifest names is there, and unchanged unless it is one that people edit."""
    if not folder.is_dir() or (folder / PENDING).exists():
        return False
    with open_folder(folder) as opened:
        for name, sha256 in written(manifest).items():
            found = opened.read(name)
            if found is None or (digest(found) != sha256 and not name.endswith((".docx", ".xlsx"))):
                return False
    return True


def _ours(folder: Folder) -> dict[str, tuple[str, ...]]:
    """Output name -> hashes of what the program wrote there, by the manifest and by a run that did not finish."""
    found: dict[str, tuple[str, ...]] = {
        name: (sha256,) for name, sha256 in written(read_json(folder.read(MANIFEST))).items()
    }
    for name, hashes in pending(folder.read(PENDING)).items():
        found[name] = (*found.get(name, ()), *hashes)
    return found


def _publish(
    artifacts: Mapping[str, bytes],
    folder: Folder,
    manifest: Mapping[str, Any],
    run: Mapping[str, Any],
    figures: Mapping[str, tuple[str, ...]],
    complete: bool,
) -> Plan:
    earlier = read_json(folder.read(MANIFEST))
    ours = _ours(folder)
    folder.sweep(tuple(sorted({name.rpartition("/")[0] for name in (*artifacts, *ours)} | {""})))
    plan = make_plan(artifacts, folder, ours, complete=complete)
    source = {plan.beside.get(name, name): name for name in artifacts}
    # Should the run die between two renames, the next one must know the new files for the program's own.
    hashes = {target: [*ours.get(target, ()), digest(artifacts[source[target]])] for target in plan.write}
    folder.stage(PENDING, as_json({**pending(folder.read(PENDING)), **hashes}))
    folder.commit()
    for target in plan.write:
        folder.stage(target, artifacts[source[target]])
    folder.commit()
    for name in plan.remove:
        folder.remove(name)
    outputs = _outputs(artifacts, plan, earlier, figures, complete)
    folder.stage(RUN, as_json({**run, "files": _report(plan)}))
    folder.commit()
    folder.stage(MANIFEST, as_json({**manifest, "outputs": outputs}))
    folder.commit()
    folder.remove(PENDING)
    return plan


def _outputs(
    artifacts: Mapping[str, bytes],
    plan: Plan,
    earlier: Mapping[str, Any],
    figures: Mapping[str, tuple[str, ...]],
    complete: bool,
) -> dict[str, Any]:
    before = earlier.get("outputs") if written(earlier) else {}
    # a kept draft stays on record as the program last wrote it, so that it still differs the next time
    outputs = {name: entry for name, entry in (before or {}).items() if not complete or name in plan.beside}
    for name, data in artifacts.items():
        entry = {"sha256": digest(data), "bytes": len(data), "figures": list(figures.get(name, ()))}
        outputs[plan.beside.get(name, name)] = entry
    return outputs


def _report(plan: Plan) -> dict[str, Any]:
    return {
        "written": list(plan.write),
        "unchanged": len(plan.same),
        "drafts_kept": dict(plan.beside),
        "removed": list(plan.remove),
    }
