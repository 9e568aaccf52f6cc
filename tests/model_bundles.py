"""Bundles that differ in what they answer, made of the shipped one."""
import json
import os
import pathlib
import shutil

from project import MODEL


def add_bundle(root, version, damaged=False, **changes):
    """Renames a bundle into `root`. `changes` go into its manifest; then its smoke articles, made for other answers, go."""
    root = pathlib.Path(root)
    unfinished = root / f".unfinished-{version}"
    shutil.copytree(MODEL, unfinished, copy_function=_link)
    manifest = json.loads((MODEL / "manifest.json").read_text("utf-8"))
    manifest["version"] = version
    manifest.update(changes)
    if changes:
        manifest["smoke_articles"] = []
    (unfinished / "manifest.json").unlink()
    (unfinished / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    if damaged:
        rows = unfinished / "topics.rows"
        content = bytearray(rows.read_bytes())
        content[1000] ^= 1
        rows.unlink()
        rows.write_bytes(content)
    unfinished.rename(root / version)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
