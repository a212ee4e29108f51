"""A letter: words made ready to be sent, the same for each way of sending; it knows no address."""

from kam_tui.domain.frozen import frozen


@frozen
class Letter:
    """What is to be said. Formats write it, delivery carries it."""

    subject: str
    """One line, plain: the subject of a mail, the title of a notification."""
    text: str
    """The whole as plain text, with line ends of a single newline."""
    html: str = ""
    """The same as an HTML page of its own; empty: there is only the text."""
