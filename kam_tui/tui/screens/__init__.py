"""Screens: what a person looks at and works in, one file each."""
