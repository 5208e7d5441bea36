"""What models and their templates put around an answer: thinking aloud, the tokens of chats, fences."""

import re

_CLOSE = "</think>"

_THINKING: dict[str, tuple[str, ...]] = {
    "<think>": (_CLOSE,),
    "<thinking>": ("</thinking>",),
    "<thought>": ("</thought>",),
    "<reasoning>": ("</reasoning>",),
    "<reflection>": ("</reflection>",),
    "<seed:think>": ("</seed:think>",),
    "◁think▷": ("◁/think▷",),
    "[think]": ("[/think]",),
    "<|think|>": ("<|/think|>",),
    "<|thinking|>": ("<|/thinking|>",),
    "<|begin_of_thought|>": ("<|end_of_thought|>",),
    "<|start_thinking|>": ("<|end_thinking|>",),
    # gpt-oss writes to channels, of which only the last is for the reader.
    "<|channel|>analysis<|message|>": ("<|end|>", "<|channel|>final<|message|>", "assistantfinal"),
    "<|channel|>commentary<|message|>": ("<|end|>", "<|channel|>final<|message|>", "assistantfinal"),
}
"""How thinking begins, in lower case, and what ends it. Qwen, DeepSeek and most others; Seed; Kimi; Magistral; ..."""

_ENDS = (
    *("<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "<|end_of_text|>", "<|return|>", "<|eos|>"),
    *(
        "<end_of_turn>",
        "<|end_of_turn|>",
        "<|end▁of▁sentence|>",
        "<｜end▁of▁sentence｜>",
        "<|user|>",
        "<|im_start|>user",
    ),
    *("<|start_header_id|>user", "<start_of_turn>user"),
)
"""Tokens after which an answer is over: what follows is another turn, or nothing."""

_DROPPED = (
    *("</s>", "<s>", "<eos>", "<bos>", "<pad>", "[/inst]", "[inst]", "<</sys>>", "<<sys>>", "<start_of_turn>model"),
    *("<start_of_turn>", "<|im_start|>assistant", "<|im_start|>", "<|start|>assistant", "<|start|>", "<|message|>"),
    *("<|start_header_id|>assistant<|end_header_id|>", "<|start_header_id|>", "<|end_header_id|>", "<|end|>"),
    *("<|channel|>final<|message|>", "<|channel|>", "<|assistant|>", "<|begin_of_text|>", "<|begin_of_solution|>"),
    *("<|end_of_solution|>", "<|start_response|>", "<|end_response|>", "<|begin_of_box|>", "<|end_of_box|>"),
    *("<answer>", "</answer>", "<final_answer>", "</final_answer>", "<response>", "</response>", "<final>", "</final>"),
)
"""Tokens and tags around an answer, which say nothing."""

_STRIPPED = re.compile(r"\s*(?:<\|start\|>assistant)?analysis(?=[^\s\w]|[A-Z0-9])")
"""How gpt-oss's first channel begins where a server has taken its tokens off and left their names."""

_STRIPPED_END = "assistantfinal"
_FENCE = re.compile(r"\s*```[a-zA-Z]*[ \t]*\n")
_FENCE_BEGUN = re.compile(r"\s*(?:`{1,2}|```[a-zA-Z]*[ \t]*)?")

_CLOSINGS = tuple(
    dict.fromkeys(end for ends in _THINKING.values() for end in ends if end.startswith(("</", "◁/", "[/")))
)
_OUTSIDE = tuple(sorted({*_THINKING, *_CLOSINGS, *_ENDS, *_DROPPED}, key=len, reverse=True))
_FENCED = ("```", *_OUTSIDE)


class ThinkingFilter:
    """Removes thinking and chat tokens from text that arrives in pieces, also when a piece ends within a tag.

    Some servers put the opening tag into the prompt, so that only the closing one is seen. With `unopened`, text is
    held back until it comes, and what precedes it is thinking; when it never comes, `finish` returns all. Without
    `unopened`, shown text can't be taken back: `</think>` then stays, on a line of its own, for whoever gathers the
    whole text, and `unopened_seen` says what to expect of this model from now on. `thought` says whether any thinking
    was taken out.
    """

    def __init__(self, *, unopened: bool = False) -> None:
        self._pending = ""
        self._until: tuple[str, ...] = ()
        self._held = unopened
        self._opened = False
        self._blank = True
        self._fenced = False
        self._over = False
        self.thought = False
        self.unopened_seen = False

    def feed(self, piece: str) -> str:
        """Add a piece; return what may be shown of it by now."""
        return self._take(piece, last=False)

    def finish(self) -> str:
        """Return what was held back at the end; nothing when the thinking never ended."""
        shown = self._take("", last=True)
        rest, self._pending = self._pending, ""
        return shown + ("" if self._until or self._over else self._show(rest))

    def _take(self, piece: str, *, last: bool) -> str:
        self._pending += piece
        shown = ""
        while not self._over:
            if self._blank and not self._until and not self._begins(last=last):
                break
            tags = self._until or (_FENCED if self._fenced else _OUTSIDE)
            found = _first_tag(self._pending, tags)
            begun = 0 if last else _longest_begun(self._pending, tags)
            if found is None:
                shown += self._pass_on(begun)
                break
            at, tag = found
            # A longer tag may still be coming, such as one with a role after the token.
            if begun and len(self._pending) - begun <= at:
                shown += self._pass_on(begun)
                break
            before, self._pending = self._pending[:at], self._pending[at + len(tag) :]
            shown += self._meet(before, tag)
        if self._over:
            self._pending = ""
        return shown

    def _pass_on(self, keep: int) -> str:
        """Return the pending text but the last `keep` characters, unless it is thinking or waits for a closing tag."""
        if self._held and not self._until:
            return ""
        at = len(self._pending) - keep
        text, self._pending = self._pending[:at], self._pending[at:]
        return "" if self._until else self._show(text)

    def _meet(self, before: str, tag: str) -> str:
        """Return what of the text before a tag, and of the tag itself, is shown, and go on behind it."""
        if self._until:
            self._until = ()
            return ""
        if tag in _THINKING:
            self._until, self._opened, self._held, self.thought = _THINKING[tag], True, False, True
            return self._show(before)
        if tag in _CLOSINGS:
            return self._closed(before)
        if self._held:  # the token stands in what may be thinking
            self._pending = before + self._pending
            return ""
        shown = self._show(before)
        self._over = tag in _ENDS and not self._blank
        return shown

    def _closed(self, before: str) -> str:
        """Return what is shown when thinking ends that wasn't seen to begin."""
        self.unopened_seen = self.unopened_seen or not self._opened
        self.thought = self.thought or bool(before.strip())
        held, self._held = self._held, False
        if held:
            return ""
        if self._blank and not before.strip():  # nothing was thought
            return before
        return self._show(f"{before}\n{_CLOSE}\n")

    def _begins(self, *, last: bool) -> bool:
        """Take off what only a beginning has; return whether enough has come to know."""
        if not self._fenced and (fence := _FENCE.match(self._pending)):
            self._fenced, self._pending = True, self._pending[fence.end() :]
        elif stripped := _STRIPPED.match(self._pending):
            self._until, self.thought = (_STRIPPED_END,), True
            self._pending = self._pending[stripped.end() :]
            return True
        text = self._pending.lstrip()
        if last or not text:
            return True
        waits = "analysis".startswith(text) or (not self._fenced and _FENCE_BEGUN.fullmatch(self._pending) is not None)
        return not waits

    def _show(self, text: str) -> str:
        self._blank = self._blank and not text.strip()
        return text


def _first_tag(text: str, tags: tuple[str, ...]) -> tuple[int, str] | None:
    """Return where the first of the tags stands and which it is, the longest of those that begin there."""
    lowered = _lower(text)
    found = [(place, -len(tag), tag) for tag in tags if (place := lowered.find(tag)) >= 0]
    if not found:
        return None
    at, _, tag = min(found)
    return at, tag


def _longest_begun(text: str, tags: tuple[str, ...]) -> int:
    """Return how many characters at the end of `text` could be the beginning of one of the tags."""
    lowered = _lower(text)
    longest = max(map(len, tags))
    return next(
        (
            size
            for size in range(min(longest - 1, len(lowered)), 0, -1)
            if any(len(tag) > size and tag.startswith(lowered[-size:]) for tag in tags)
        ),
        0,
    )


def _lower(text: str) -> str:
    """Return the text in lower case, each character at its place: some letters become two."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
