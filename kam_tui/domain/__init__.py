"""Nouns: what a customer relationship is made of. Pure: no clock, no disk, no printing."""
