"""What SARIF 2.1.0 asks of the objects written here, by the text of the standard, as a JSON schema.

Of each object those properties that occur here are listed, and no other is let through: section 3.13
(log), 3.14 (run), 3.18 and 3.19 (tool), 3.20 (invocation), 3.24 (artifact), 3.27 (result), 3.28 to 3.30
(locations), 3.35 (suppression), 3.49 (rule), 3.50 (configuration), 3.58 (notification).
"""

from __future__ import annotations

from typing import Any

__all__ = ["FORM"]

TEXT = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def an_object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def some(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


MESSAGE = an_object("text", text=TEXT, markdown=TEXT)
ADDRESS = an_object(
    "uri", uri={"type": "string", "pattern": r"^[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+$"}, uriBaseId=TEXT
)
REGION = an_object("startLine", startLine=COUNT, startColumn=COUNT, endLine=COUNT, endColumn=COUNT)
LOCATION = an_object(
    "physicalLocation",
    physicalLocation=an_object("artifactLocation region", artifactLocation=ADDRESS, region=REGION),
    logicalLocations=some(an_object("name", name=TEXT)),
)
RULE = an_object(
    "id",
    id=TEXT,
    name={"type": "string", "pattern": "^([A-Z][a-z]+)+$"},
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=an_object("level", level=LEVEL),
)
RESULT = an_object(
    "message ruleId",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level=LEVEL,
    message=MESSAGE,
    locations=some(LOCATION, minItems=1, maxItems=1),
    partialFingerprints={"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    suppressions=some(an_object("kind", kind={"enum": ["inSource", "external"]})),
    properties={"type": "object"},
)
# 3.27.9: where the kind is not "fail", which it is unless said, the level is "none".
RESULT["if"] = {"required": ["kind"], "properties": {"kind": {"not": {"const": "fail"}}}}
RESULT["then"] = {"required": ["level"], "properties": {"level": {"const": "none"}}}
INVOCATION = an_object(
    "executionSuccessful",
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications=some(an_object("message", level=LEVEL, message=MESSAGE)),
)
DRIVER = an_object("name", name=TEXT, version=TEXT, rules=some(RULE, uniqueItems=True))
RUN = an_object(
    "tool results",
    tool=an_object("driver", driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=some(INVOCATION),
    artifacts=some(an_object("location", location=ADDRESS), uniqueItems=True),
    results=some(RESULT),
)
FORM = an_object(
    "version runs", **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": some(RUN, minItems=1)}
)
"""The form of a log."""
