"""What the OpenAPI document cannot say about requests that match it."""

import re

import schemathesis

# Whether something refers to a row that exists, and what the rows in it come to, only the data can tell.
BY_THE_DATA = {"reference", "rule", "image", "idempotency-mismatch", "state"}
AMOUNT = re.compile(
    r"/(shipping_fee|taxes|quantity|unit_price|standard_cost|list_price|tax_rate|discount)$|^#(/order_details/\d+)?$"
)


IF_MATCH = re.compile(r'(\*|(W/)?"[\x21\x23-\x7e]*"([ \t]*,[ \t]*(W/)?"[\x21\x23-\x7e]*")*)')


def may_refuse(fault, case):
    """True for a fault that a request can have although the document allows it."""
    code, pointer, body = fault["code"], fault.get("pointer", ""), case.body
    if fault.get("header") in ("If-Match", "If-None-Match"):
        # The coverage phase sends a plain 0, which the pattern of the document does not allow.
        return not IF_MATCH.fullmatch(case.headers.get(fault["header"], ""))
    if code in BY_THE_DATA:
        return True
    if fault.get("parameter") in ("cursor", "after", "language"):
        # Only a page gives out a cursor of its list, the feed has an end, and aa looks like a language.
        return True
    if code == "text" and pointer == "#/email_address":
        # The format is wider: quoted names and addresses in brackets are none here.
        return True
    if code == "range":
        return bool(AMOUNT.search(pointer))
    if code in ("scale", "decimal-format"):
        # 0.1 + 0.2 is a multiple of 0.0001 to whoever computes with floats, but not as it is written.
        return isinstance(value_at(pointer, body), float)
    if code == "type":
        # JSON Schema takes 7.0 for a whole number; here it is none, because only one form of an id is one.
        value = value_at(pointer, body)
        return isinstance(value, float) and value.is_integer()
    if code == "date-format":
        return "-02-29" in str(value_at(pointer, body))
    return False


def value_at(pointer, body):
    for part in pointer.removeprefix("#").split("/")[1:]:
        if isinstance(body, list):
            body = body[int(part)]
        elif isinstance(body, dict):
            body = body.get(part)
    return body


@schemathesis.check
def only_the_data_refuses(ctx, response, case):
    """A request that the document allows is refused for reasons that only the data can have."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (400, 422):
        return
    faults = response.json()["errors"]
    wrong = [fault for fault in faults if not may_refuse(fault, case)]
    assert not wrong and faults, f"The document allows what is refused: {wrong or response.text}"


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """What a dry run shows was never created: nothing can follow it."""
    if case.meta is not None and case.meta.phase.name.value == "stateful" and case.query:
        case.query.pop("dry_run", None)
