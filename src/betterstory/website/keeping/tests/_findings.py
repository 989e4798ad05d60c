"""The findings of the doctor, in words."""

from typing import Any

from betterstory.website.keeping.finding import Level


def faults(findings: Any) -> str:
    return " ".join(finding.words for finding in findings if finding.level == Level.FAULT)


def notes(findings: Any) -> str:
    return " ".join(finding.words for finding in findings if finding.level == Level.NOTE)
