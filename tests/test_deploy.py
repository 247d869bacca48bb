"""The files by which the bot is installed: they fit the code and one another."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from bot.__main__ import TOKEN_REVOKED
from directory.store import backups
from directory.store.database import backend_of

ROOT = Path(__file__).parent.parent
SERVICE = ROOT / "deploy" / "official-pages-bot.service"
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_the_constraints_pin_what_the_project_needs_and_name_no_registry() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()[1:]
    pinned = {line.partition("==")[0]: line.partition("==")[2] for line in lines}
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in lines)
    assert lines == sorted(lines)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for needed in map(Requirement, project["dependencies"]):
        assert needed.specifier.contains(pinned[needed.name.lower()]), needed


def test_the_image_is_built_of_what_is_there_and_runs_as_nobody() -> None:
    copied = [line for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    sources = [name for line in copied if "--from" not in line for name in line.split()[1:-1]]
    assert sources
    assert all((ROOT / name).exists() for name in sources)
    user = re.search(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE)
    assert user
    assert "0" not in user.groups()
    assert "/healthz" in DOCKERFILE


def test_the_service_is_not_started_again_when_that_cannot_help() -> None:
    assert f"RestartPreventExitStatus=2 {TOKEN_REVOKED}\n" in SERVICE.read_text()


def test_what_the_dashboard_shows_of_the_process_can_be_read_by_the_service() -> None:
    dashboard = (ROOT / "deploy" / "grafana" / "official-pages.json").read_text()
    assert "process_resident_memory_bytes" in dashboard
    # prometheus_client's collector gives nothing without the time of the boot, see /proc/stat.
    assert not re.search("^ProcSubset=pid", SERVICE.read_text(), re.MULTILINE)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_the_service_is_hardened() -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", SERVICE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_compose_file_brings_in_is_there() -> None:
    compose = (ROOT / "compose.yaml").read_text()
    mounted = re.findall(r"^ +- (\./\S+?):/\S+:ro$", compose, re.MULTILINE)
    assert len(mounted) > 4
    assert all((ROOT / name).exists() for name in mounted)
    assert set(re.findall(r"profiles: \[(\w+)\]", compose)) == {"country", "watch"}
    volumes = re.findall(r"^ +- ([\w-]+):/", compose, re.MULTILINE)
    assert volumes
    assert all(f"\n  {name}:\n" in f"{compose}\n" for name in volumes)
    # Each volume of the bot's is on a folder that the image makes the bot's: else it is root's.
    bot = compose.partition("\n  bot:\n")[2].partition("\n\n")[0]
    made = re.findall(r"^RUN install -d \S+ \S+ \S+ \S+ (.*)$", DOCKERFILE, re.MULTILINE)[0].split()
    folders = re.findall(r"^ +- (?:[\w-]+:)?(/\S+)$", bot, re.MULTILINE)
    assert "/state" in folders
    assert set(folders) <= set(made)


def test_the_copies_of_a_servers_database_outlive_the_container_that_made_them() -> None:
    compose = (ROOT / "compose.yaml").read_text()
    name = re.search(r"POSTGRES_DB: (\w+)", compose)
    assert name
    url = f"postgresql://bot:s@postgres/{name[1]}"
    there = backups.folder_of(Path("/state") / backend_of(url).file_name)
    assert f"- copies:{there}\n" in compose


@pytest.mark.skipif(shutil.which("caddy") is None, reason="needs Caddy")
def test_the_proxy_takes_its_file(tmp_path: Path) -> None:
    text = (ROOT / "deploy" / "Caddyfile").read_text()
    version = subprocess.check_output(["caddy", "version"], text=True)
    if re.match(r"v?2\.[0-6]\.", version):  # it calls this otherwise
        text = text.replace("request_buffers 1MiB", "buffer_requests")
    (tmp_path / "Caddyfile").write_text(text)
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile"],
        env={"DOMAIN": "bot.example.ru", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("promtool") is None, reason="needs Prometheus")
@pytest.mark.parametrize(
    "check",
    [
        ("check", "config", "prometheus.yml"),
        ("check", "rules", "alerts.yml"),
        ("test", "rules", "alerts_test.yml"),
    ],
)
def test_prometheus_takes_its_files_and_the_alerts_are_raised_in_time(check: list[str]) -> None:
    done = subprocess.run(
        ["promtool", *check],
        cwd=ROOT / "deploy" / "prometheus",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
