"""Dayu (大禹): water administrative law enforcement and the river and lake chief system."""
