"""The frame of an HTML mail: no image, no script, nothing fetched; light and dark by the reader's own choice."""

import html

# Written out, since many mail programs drop what they don't know of a style sheet. One column, as wide as it is read
# well, and the reader's own font size.
_STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background: #ffffff; color: #1f2328; }
.page { max-width: 40em; margin: 0 auto; padding: 24px 16px; line-height: 1.5; overflow-wrap: anywhere;
  font-family: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: 16px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 4px; }
h2 { font-size: 19px; line-height: 1.35; margin: 32px 0 0; padding-bottom: 4px; border-bottom: 1px solid #d0d7de; }
.paper { font-size: 17px; line-height: 1.35; margin: 24px 0 4px; padding: 0; border: 0; }
.headline { font-size: 17px; }
.facts strong { color: #a40e26; }
p { margin: 0 0 6px; }
a { color: #0b57d0; }
.facts, .foot { color: #57606a; font-size: 14px; }
.foot { margin-top: 32px; padding-top: 12px; border-top: 1px solid #d0d7de; }
.notice { background: #fff3cd; color: #4d3800; padding: 8px 12px; margin: 16px 0; border-radius: 6px; }
.code { font-family: ui-monospace, Consolas, monospace; font-size: 28px; letter-spacing: 2px; margin: 16px 0; }
@media (prefers-color-scheme: dark) {
  body { background: #16181c; color: #e6e6e6; }
  a { color: #8ab4f8; }
  .facts, .foot { color: #a8b0b8; }
  h2, .foot { border-color: #3b4048; }
  .facts strong { color: #ff9aa2; }
  .notice { background: #3a3117; color: #f5e6b3; }
}
"""


def page(title: str, body: str, *, language: str) -> str:
    """Return a whole document. `body` is HTML, `title` is text."""
    return (
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body>\n<div class="page">\n{body}\n</div>\n</body>\n</html>\n'
    )


def text(content: str) -> str:
    """Return text as it stands in HTML, also within an attribute."""
    return html.escape(content, quote=True)


def link(label: str, url: str) -> str:
    """Return a link, or the label alone when the address is none of the web."""
    if not url.startswith(("https://", "http://")):
        return text(label)
    return f'<a href="{text(url)}">{text(label)}</a>'
