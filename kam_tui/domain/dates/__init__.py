"""Days and times: moments, dates half known, zones, working days, and the words people say them with."""
