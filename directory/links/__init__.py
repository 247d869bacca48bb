"""Links: from text to platform and account, back to an address, and what is known of each.

parse(text, slot=…) → Link | Refusal      url(link), label(link) → text
find_links(text) → candidates              harmless(text) → a bad link that cannot be pressed
    directory.links.verifier.Verifier(pages).verify(text) → LinkVerdict
"""

from directory.links.address import both_forms, label, platform_name, slot_of, url
from directory.links.find import find_links, put_together
from directory.links.hosts import is_trusted
from directory.links.letters import harmless
from directory.links.parse import parse
from directory.links.refusal import Refusal
from directory.links.verdict import Ground, LinkVerdict, Verdict

__all__ = [
    "Ground",
    "LinkVerdict",
    "Refusal",
    "Verdict",
    "both_forms",
    "find_links",
    "harmless",
    "is_trusted",
    "label",
    "parse",
    "platform_name",
    "put_together",
    "slot_of",
    "url",
]
