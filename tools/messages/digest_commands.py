"""Payloads of the commands with which a server's digests are set up."""

from tests.clocks import FakeClock
from tools.messages.payload import Payloads
from tools.messages.scene import scene


async def write_digest_commands(clock: FakeClock, to: Payloads) -> None:
    """Write what is said to who manages the server."""
    async with scene(clock) as played:

        async def give(command: str, **options: object) -> None:
            name = f"digest-{command}"
            to.write(name, await played.command(f"digest {command}", by=played.kim, **options))

        await give(
            "add",
            name="Spikes and speech",
            time="08:30",
            zone="Europe/Berlin",
            weekdays="Mon-Fri",
            topics="spiking neural networks, speech recognition",
            authors="Ada Kettle",
            min_upvotes=3,
            thread=True,
        )
        await give("edit", digest="Spikes and speech", length=5, writer="extracts", exclude="survey")
        await give("preview", digest="Spikes and speech")
        await give("now", digest="Spikes and speech")
        await played.command("digest add", by=played.kim, name="Round-up", period="weekly", weekdays="Fri")
        await give("list")
        await give("remove", digest="Round-up")
