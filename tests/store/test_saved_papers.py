from bot.store.database import Database
from bot.store.saved_papers import SavedPaperStore, SavedRow


async def test_papers_are_listed_newest_first_for_their_user_alone(database: Database) -> None:
    store = SavedPaperStore(database=database)
    assert await store.save("ada", "2401.00001", note=None, now=1.0)
    assert await store.save("ada", "2401.00002", note="for the reading group", now=2.0)
    assert await store.save("bob", "2401.00003", note=None, now=3.0)
    assert await store.of_user("ada") == [
        SavedRow("2401.00002", "for the reading group", 2.0),
        SavedRow("2401.00001", None, 1.0),
    ]


async def test_saving_again_keeps_the_time_and_takes_a_new_note_only(database: Database) -> None:
    store = SavedPaperStore(database=database)
    await store.save("ada", "2401.00001", note="first", now=1.0)
    assert not await store.save("ada", "2401.00001", note=None, now=2.0)
    assert await store.of_user("ada") == [SavedRow("2401.00001", "first", 1.0)]
    assert not await store.save("ada", "2401.00001", note="second", now=3.0)
    assert await store.of_user("ada") == [SavedRow("2401.00001", "second", 1.0)]


async def test_one_paper_is_removed_and_all_are_forgotten(database: Database) -> None:
    store = SavedPaperStore(database=database)
    for number in range(3):
        await store.save("ada", f"2401.0000{number}", note=None, now=float(number))
    await store.save("bob", "2401.00001", note=None, now=1.0)
    assert await store.remove("ada", "2401.00001")
    assert not await store.remove("ada", "2401.00001")
    assert await store.forget_user("ada") == 2
    assert await store.of_user("ada") == []
    assert len(await store.of_user("bob")) == 1
