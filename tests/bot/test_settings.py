"""Settings: what is accepted, and the one line that each wrong one is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_the_terminal_chat_needs_no_setting() -> None:
    settings = load(need_token=False)
    assert settings.database_url == "sqlite:///data/directory.sqlite3"
    assert settings.admin_ids == frozenset()


def test_without_a_token_the_line_names_it_and_the_cure() -> None:
    with pytest.raises(SettingsError, match=r"^BOT_TOKEN не задан: .*@BotFather.*\.env.*chat$"):
        load(need_token=True)


def test_the_env_file_is_read_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("BOT_TOKEN=1:a\nADMIN_IDS= 7, 8,\nLOG_FORMAT=JSON\nUNKNOWN=1\n")
    monkeypatch.setenv("BOT_TOKEN", "2:b")
    settings = load(need_token=True)
    assert settings.bot_token == "2:b"
    assert settings.admin_ids == {7, 8}
    assert settings.log_format == "json"


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("BOT_API_URL", "http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("BOT_API_URL", "http://localhost:8081/api/", "http://localhost:8081/api"),
        ("BOT_API_URL", "http://[::1]:8081", "http://[::1]:8081"),
        ("BOT_API_URL", " https://bot-api/ ", "https://bot-api"),
        ("BOT_PROXY", "socks5://me:word@127.0.0.1:1080", "socks5://me:word@127.0.0.1:1080"),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("ADMIN_IDS", "", frozenset()),
        ("REGION", "тамбовская обл.", "Тамбовская область"),
        ("REGION", "", ""),
        ("SEED", "None", "none"),
        ("TIMEZONE", "Asia/Chita", "Asia/Chita"),
    ],
)
def test_what_is_sound_is_taken(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: object
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(load(need_token=False), name.lower()) == read


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("BOT_TOKEN", "ключ", "@BotFather"),
        ("BOT_TOKEN", "123456", "@BotFather"),
        ("BOT_API_URL", "api.telegram.org", "https://api.telegram.org"),
        ("BOT_API_URL", "ftp://api.telegram.org", "https://api.telegram.org"),
        ("BOT_API_URL", "http://127.0.0.1:port", "https://api.telegram.org"),
        ("BOT_API_URL", "http://127.0.0.1/bot{token}", "https://api.telegram.org"),
        ("BOT_PROXY", "127.0.0.1:1080", "socks5://"),
        ("BOT_PROXY", "socks5://127.0.0.1", "с портом"),
        ("BOT_PROXY", "https://127.0.0.1:1", "http://"),
        ("ADMIN_IDS", "@someone", "123456789"),
        ("ADMIN_IDS", "1,-2", "«-2»"),
        ("ADMIN_IDS", "1;2", "через запятую"),
        ("DATABASE_URL", "data/directory.sqlite3", "sqlite:///"),
        ("DATABASE_URL", "postgresql://me:word@db", "postgresql://имя:пароль@узел/база"),
        ("REGION", "Тамбовия", "«Тамбовская область»"),
        ("SEED", "all", "country, region, none"),
        ("TIMEZONE", "Тамбов", "Europe/Moscow"),
        ("WEBHOOK_URL", "bot.example.org", "https://"),
        ("WEBHOOK_URL", "https://example.org/metrics", "путь"),
        ("WEBHOOK_SECRET", "с пробелом", "латинские"),
        ("WEB_PORT", "восемь", "8080"),
        ("WEB_PORT", "70000", "8080"),
        ("LOG_LEVEL", "LOUD", "WARNING"),
        ("LOG_FORMAT", "xml", "json"),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_name_and_the_cure(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, cure: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load(need_token=False)
    line = str(refused.value)
    assert line.startswith(f"{name}: ")
    assert cure in line
    assert "\n" not in line
    assert "word" not in line


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("ADMIN_IDS", "me")
    with pytest.raises(SettingsError, match=r"ADMIN_IDS: .*; LOG_LEVEL: "):
        load(need_token=False)


def test_an_env_file_in_another_encoding_is_told() -> None:
    Path(".env").write_bytes("BOT_TOKEN=ключ".encode("cp1251"))
    with pytest.raises(SettingsError, match=r"^\.env: .*UTF-8$"):
        load(need_token=False)


@pytest.mark.parametrize(
    ("region", "zone"),
    [
        ("Курганская область", "Asia/Yekaterinburg"),
        ("Республика Татарстан", "Europe/Moscow"),
        ("", "Europe/Moscow"),
    ],
)
def test_the_time_is_that_of_the_region(
    monkeypatch: pytest.MonkeyPatch, region: str, zone: str
) -> None:
    monkeypatch.setenv("REGION", region)
    assert load(need_token=False).zone.key == zone
    monkeypatch.setenv("TIMEZONE", "Asia/Omsk")
    assert load(need_token=False).zone.key == "Asia/Omsk"


def test_an_empty_region_in_the_env_file_is_the_whole_country() -> None:
    Path(".env").write_text("REGION=\n")
    assert load(need_token=False).region == ""
