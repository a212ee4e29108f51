"""The screen face: the only room that imports Textual."""
