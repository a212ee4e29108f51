"""Text ⇄ nouns: how other programs write down people, accounts and dates."""
