"""Parties (执法对象): persons, organisations, vessels, projects and sites; matching, credit events, purpose-bound reading."""
