"""What the members of a guild like."""

from bot.store.answers import AnswerRow, AnswerStore, FeedbackStore, Vote
from bot.store.database import Database


async def answer(answers: AnswerStore, name: str, *sources: str, guild: str | None = "7") -> None:
    await answers.add(
        AnswerRow(
            id=name,
            conversation=name,
            place="here",
            user="1",
            guild=guild,
            question="?",
            content="{}",
            sources=sources,
            cache_key=None,
            created_at=0,
        )
    )


async def test_liked_papers_count_members_of_the_guild_once_each(database: Database) -> None:
    answers, feedback = AnswerStore(database=database), FeedbackStore(database=database)
    await answer(answers, "a", "kettles", "pots")
    await answer(answers, "b", "kettles")
    await answer(answers, "elsewhere", "pots", guild="8")
    for name, user, verdict in [
        ("a", "ada", Vote.GOOD),
        ("b", "ada", Vote.GOOD),
        ("b", "bob", Vote.GOOD),
        ("a", "cy", Vote.BAD),
        ("elsewhere", "di", Vote.GOOD),
    ]:
        await feedback.toggle(name, user, verdict, now=1)
    async with database.transaction() as connection:
        await connection.execute("UPDATE answers SET sources = 'broken' WHERE id = 'elsewhere'")
    assert await feedback.liked_papers("7", ["kettles", "pots", "lids"]) == {"kettles": 2, "pots": 1}
    assert await feedback.liked_papers("8", ["pots"]) == {}
