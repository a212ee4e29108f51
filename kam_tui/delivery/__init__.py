"""Delivery: how what kam has to say reaches a person: mail, desktop, file, and the timers of the system."""
