"""The languages that a guild can fix, by their codes (BCP 47) and by the names that their readers know."""

AUTO = "auto"
"""For answers the question's language, for everything else the one that the guild has in Discord."""

ANSWER_LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
    "nl": "Nederlands",
    "pl": "Polski",
    "cs": "Čeština",
    "sv": "Svenska",
    "da": "Dansk",
    "fi": "Suomi",
    "tr": "Türkçe",
    "uk": "Українська",
    "ru": "Русский",
    "el": "Ελληνικά",
    "hi": "हिन्दी",
    "id": "Bahasa Indonesia",
    "vi": "Tiếng Việt",
    "zh": "中文",
    "ja": "日本語",
    "ko": "한국어",
}
"""Those that answers can be fixed to; with AUTO, no more than the 25 entries of a menu in Discord."""

INTERFACE_LANGUAGES = {code: ANSWER_LANGUAGES[code] for code in ("en", "de", "fr")}
"""Those that the fixed sentences are translated into."""
