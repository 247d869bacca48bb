"""What `pip install` of the built wheel gives: both programs, in an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import aiogram
import pytest

ROOT = Path(__file__).parent.parent
TREES = ("bot", "directory", "seed")
FILES = ("pyproject.toml", "README.md", "LICENSE")
LEFT = "9999_of_another_version.py"


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the programs of a fresh environment that has the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in TREES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, source / name)
    for left in ("build", "build/lib"):  # by another version that was installed from this folder
        file = source / left / "directory" / "store" / "migrations" / "versions" / LEFT
        file.parent.mkdir(parents=True)
        file.touch()
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    wheel = ("wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source))
    subprocess.run((*pip, *wheel), check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    made = folder / "environment"
    venv.create(made, with_pip=False)
    paths = {"base": str(made), "platbase": str(made)}
    packages = Path(sysconfig.get_path("purelib", "venv", paths))
    # What the project needs is taken from the environment of the tests; the project itself is not.
    needed = Path(aiogram.__file__).parents[1]
    (packages / "needed.pth").write_text(f"{needed}\n")
    install = ("--python", str(made / "bin" / "python"), "install", "--no-deps", str(built))
    subprocess.run((*pip, *install), check=True, capture_output=True)
    return made / "bin"


def _run(program: Path, folder: Path, *arguments: str, typed: str = "") -> str:
    done = subprocess.run(
        (program, *arguments),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "SEED": "region"},
        input=typed,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_terminal_chat_answers_from_the_seed(scripts: Path, tmp_path: Path) -> None:
    said = _run(scripts / "official-pages-bot", tmp_path, "chat", typed="шумков\n")
    assert "Губернатор Курганской области" in said
    assert "pages" in _run(scripts / "official-pages", tmp_path, "stats", "--json")


@pytest.mark.slow
def test_nothing_is_installed_that_another_version_left_in_the_folder(scripts: Path) -> None:
    installed = list(scripts.parent.rglob("directory/store/migrations/versions/*.py"))
    assert installed
    assert LEFT not in {file.name for file in installed}
