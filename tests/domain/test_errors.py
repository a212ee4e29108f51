from __future__ import annotations

from kam_tui.domain.errors import Ambiguous


def test_names_that_end_in_a_full_stop_end_the_sentence_with_one() -> None:
    assert Ambiguous("x", ["Acme", "Acme Inc."]).hint == "Say more of the name: Acme; Acme Inc."
    assert Ambiguous("x", ["Acme", "Beta"]).hint == "Say more of the name: Acme; Beta."
