"""Only who has the code gets mail."""

import json
from pathlib import Path

import pytest

from bot.errors.services import MailAddressWrong, MailCodeOver, MailCodesMany, MailCodeWrong
from bot.mail.opt_in import CODE_LIFE, REQUESTS_PER_ADDRESS, REQUESTS_PER_USER, TRIES, masked, parse_address
from tests.apps import sample_app
from tests.clocks import FakeClock

ADA = "ada@example.org"


async def test_an_address_is_used_only_after_its_code_came_back(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        opt_in = app.mail_opt_in
        address, code = await opt_in.start("1", " Ada@Example.ORG ")
        assert address == "Ada@example.org"
        status = await opt_in.status("1")
        assert (status.confirmed, status.waiting) == (None, "A…@example.org")
        with pytest.raises(MailCodeOver):
            await opt_in.confirm("2", code)  # somebody else's code is worth nothing
        assert await opt_in.confirm("1", f" {code.lower().replace('-', ' ')} ") == "A…@example.org"
        status = await opt_in.status("1")
        assert (status.confirmed, status.waiting) == ("A…@example.org", None)
        with pytest.raises(MailCodeOver):
            await opt_in.confirm("1", code)


async def test_a_code_stands_nowhere_in_the_store(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        _, code = await app.mail_opt_in.start("1", ADA)
        files = [tmp_path / f"store.db{ending}" for ending in ("", "-wal")]
        content = b"".join(path.read_bytes() for path in files)  # the writes of the last moments too
    assert code.encode() not in content
    assert code.replace("-", "").encode() not in content


async def test_a_code_can_be_tried_five_times(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        _, code = await app.mail_opt_in.start("1", ADA)
        for left in range(TRIES - 1, -1, -1):
            with pytest.raises(MailCodeWrong, match=rf"tries left: {left}\b"):
                await app.mail_opt_in.confirm("1", "AAAA-AAAA" if code != "AAAA-AAAA" else "BBBB-BBBB")
        with pytest.raises(MailCodeOver):
            await app.mail_opt_in.confirm("1", code)
        assert (await app.mail_opt_in.status("1")).confirmed is None


async def test_a_code_expires_and_its_address_with_it(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        _, code = await app.mail_opt_in.start("1", ADA)
        clock.now += CODE_LIFE
        await app.mail_opt_in.tidy()
        assert await app.mail_opt_in.export("1") == []
        with pytest.raises(MailCodeOver, match="15 minutes"):
            await app.mail_opt_in.confirm("1", code)


async def test_codes_are_limited_for_each_user_also_after_being_forgotten(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        for number in range(REQUESTS_PER_USER):
            await app.mail_opt_in.start("1", f"box{number}@example.org")
        await app.personal_data.forget_user("1")
        with pytest.raises(MailCodesMany):
            await app.mail_opt_in.start("1", "another@example.org")
        await app.mail_opt_in.start("2", "another@example.org")
        clock.move(hours=24, seconds=1)
        await app.mail_opt_in.start("1", "another@example.org")


async def test_codes_are_limited_for_each_address(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        for number in range(REQUESTS_PER_ADDRESS):
            await app.mail_opt_in.start(str(number), ADA)
        with pytest.raises(MailCodesMany):
            await app.mail_opt_in.start("9", "ADA@example.org")


async def test_stopping_exporting_and_forgetting(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        for user in ("1", "2", "3"):
            _, code = await app.mail_opt_in.start(user, f"box{user}@example.org")
            await app.mail_opt_in.confirm(user, code)
        assert [one["address"] for one in await app.personal_data.export("1")] == ["box1@example.org"]
        assert await app.mail_opt_in.stop("1")
        assert not await app.mail_opt_in.stop("1")
        assert (await app.personal_data.forget_user("2")).others["mail address"] == 1
        assert json.dumps(await app.personal_data.export("2")) == "[]"
        assert (await app.mail_opt_in.status("3")).confirmed == "b…@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@localhost",
        "ada@[127.0.0.1]",
        "ada@10.0.0.1",
        "Ada <ada@example.org>",
        "ada@example.org, bob@example.org",
        "ada@example.org\r\nBcc: bob@example.org",
        '"ada lovelace"@example.org',
        "ada@@example.org",
        ".ada@example.org",
        "ada..b@example.org",
        "ada@-example.org",
        "ada@example..org",
        f"{'a' * 65}@example.org",
        f"ada@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}.org",
        "ädä@example.org",
        "ada@example.org>",
    ],
)
async def test_what_is_no_address_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    assert parse_address(text) is None
    async with sample_app(tmp_path, papers=[]) as app:
        with pytest.raises(MailAddressWrong) as told:
            await app.mail_opt_in.start("1", text)
    assert "bob" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        (" ada+papers@Sub.Example.ORG ", "ada+papers@sub.example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'hara@example.co.uk", "o'hara@example.co.uk"),
    ],
)
def test_addresses_are_taken_in_one_form(text: str, address: str) -> None:
    assert parse_address(text) == address
    assert masked(address)[:2] == f"{address[0]}…"
