"""The kinds of things that are kept of users: exports name them, and what was deleted is counted under them.

They are keys of `bot.answers.wording.NOUNS`, which has the words for them in every language.
"""

DIGEST_SIGNATURE = "digest signature"
MAIL_ADDRESS = "mail address"
SAVED_PAPER = "saved paper"
SUBSCRIPTION = "subscription"

KINDS = (DIGEST_SIGNATURE, MAIL_ADDRESS, SAVED_PAPER, SUBSCRIPTION)
