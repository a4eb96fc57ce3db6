"""Hostile documents: small on the wire, made to cost a GraphQL server more than they cost their sender.

Each exists once as the bytes of a request with a gap. The sender fills the gap with a number, so that no two requests
carry the same document and no cache can help. Every one of them is to be refused.
"""

import json
from dataclasses import dataclass
from typing import Iterator

SMALL = 14_000  # bytes, under every byte limit, so that what stands behind it has to refuse
LARGE = 100_000  # bytes, over the limit of a body
GAP = "UNIQUE00"  # in each document once, replaced by eight hexadecimal digits
NAME = f"Q{GAP}"


@dataclass(frozen=True)
class Hostile:
    """One request to be, in two pieces around the gap."""

    name: str
    before: bytes
    after: bytes

    def request(self, number: int) -> bytes:
        return self.before + b"%08x" % (number & 0xFFFFFFFF) + self.after


def corpus(host: str) -> list[Hostile]:
    """All requests, in the order in which an attacker goes round."""
    return [_request(name, body, host) for name, body in _bodies()]


def _request(name: str, body: bytes, host: str) -> Hostile:
    before, gap, after = body.partition(GAP.encode())
    if not gap or GAP.encode() in after:
        raise ValueError(f"{name} needs exactly one gap")
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Accept: application/graphql-response+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Hostile(name, head.encode() + before, after)


def _bodies() -> Iterator[tuple[str, bytes]]:
    for name, text in _documents():
        yield name, json.dumps({"query": text}).encode()
    deep = "[" * 5_000 + "]" * 5_000
    yield "variables-5000-deep", f'{{"query":"query {NAME} {{ __typename }}","variables":{{"a":{deep}}}}}'.encode()
    yield "json-unclosed", b'{"operationName":"%s","query":' % GAP.encode() + b"[" * 50_000


def _documents() -> Iterator[tuple[str, str]]:
    groups = (_fan_outs, _directives, _floods, _depths, _cycles, _introspection, _costs, _sizes)
    for group in groups:
        prefix = group.__name__.strip("_")
        for name, text in group():
            yield f"{prefix}/{name}", text


def _repeat(piece: str, budget: int = SMALL) -> str:
    """The piece with {i} counted up, as often as fits."""
    out, size = [], 0
    while size < budget:
        out.append(piece.replace("{i}", str(len(out))))
        size += len(out[-1])
    return "".join(out)


def _nested(opening: str, closing: str, depth: int, core: str = "") -> str:
    return opening * depth + core + closing * depth


def _fan_outs() -> Iterator[tuple[str, str]]:
    """A chain of fragments in which each uses the next one several times: exponential when expanded."""

    def chain(levels: int, width: int, root: str) -> str:
        links = [f"fragment F{i} on Query {{ {f'...F{i + 1} ' * width}}}" for i in range(levels)]
        return " ".join([f"query {NAME} {root}", *links, f"fragment F{levels} on Query {{ __typename }}"])

    for levels in (16, 30, 60):
        yield f"two-to-the-{levels}", chain(levels, 2, "{ ...F0 }")
    yield "eight-to-the-9", chain(9, 8, "{ ...F0 }")
    yield "in-unused-fragments", chain(26, 2, "{ __typename }")
    yield "behind-skip", chain(26, 2, "{ __typename ...F0 @skip(if: true) }")


def _directives() -> Iterator[tuple[str, str]]:
    for name, flood in (("unknown", _repeat("@aa ")), ("known", _repeat("@include(if: true) "))):
        yield f"{name}-on-field", f"query {NAME} {{ __typename {flood} }}"
        yield f"{name}-on-query", f"query {NAME} {flood} {{ __typename }}"
        yield f"{name}-on-spread", f"query {NAME} {{ ...A {flood} }} fragment A on Query {{ __typename }}"
        yield f"{name}-on-fragment", f"query {NAME} {{ ...A }} fragment A on Query {flood} {{ __typename }}"


def _floods() -> Iterator[tuple[str, str]]:
    yield "aliases", f"query {NAME} {{ {_repeat('a{i}: __typename ')} }}"
    yield "duplicate-fields", f"query {NAME} {{ {_repeat('__typename ')} }}"
    yield "unknown-fields", f"query {NAME} {{ {_repeat('noSuchField{i} ')} }}"
    conflict = 'a: role(by: {slug: "{i}"}) { title } '
    yield "conflicting-aliases", f"query {NAME} {{ {_repeat(conflict)} }}"
    yield "arguments", f"query {NAME} {{ role({_repeat('a{i}: 1 ')}) {{ title }} }}"
    yield "variables", f"query {NAME}({_repeat('$a{i}: Int ')}) {{ __typename }}"
    yield "operations", f"query {NAME} {{ __typename }} {_repeat('query A{i} { __typename } ')}"
    yield "unused-fragments", f"query {NAME} {{ __typename }} {_repeat('fragment A{i} on Query { __typename } ')}"
    yield "inline-fragments", f"query {NAME} {{ {_repeat('... { __typename } ')} }}"
    yield "list-items", f"query {NAME} {{ nodes(ids: [{_repeat('1 ')}]) {{ id }} }}"


def _depths() -> Iterator[tuple[str, str]]:
    for depth in (100, 3_000):
        yield f"fields-{depth}", f"query {NAME} {_nested('{ a ', '}', depth, '{ a }')}"
        yield f"inline-fragments-{depth}", f"query {NAME} {{ {_nested('...{', '}', depth, '__typename')} }}"
        yield f"objects-{depth}", f"query {NAME} {{ role(by: {_nested('{a:', '}', depth, '1')}) {{ title }} }}"
    for depth in (100, 6_900):
        yield f"lists-{depth}", f"query {NAME} {{ role(by: {_nested('[', ']', depth)}) {{ title }} }}"
        yield f"types-{depth}", f"query {NAME}($a: {_nested('[', ']', depth, 'Int')}) {{ __typename }}"
    yield "unclosed", f"query {NAME} {'{' * 10_000}"


def _cycles() -> Iterator[tuple[str, str]]:
    def ring(length: int) -> str:
        links = (f"fragment A{i} on Query {{ __typename ...A{(i + 1) % length} }}" for i in range(length))
        return " ".join(links)

    for length in (1, 3, 200):
        yield f"ring-of-{length}", f"query {NAME} {{ ...A0 }} {ring(length)}"
    yield "unused", f"query {NAME} {{ __typename }} {ring(3)}"
    spread = "fragment A on Query { ... @include(if: true) { ...A ...A } }"
    yield "through-an-inline-fragment", f"query {NAME} {{ ...A }} {spread}"


def _introspection() -> Iterator[tuple[str, str]]:
    def chain(step: str, close: str, levels: int) -> str:
        return f"query {NAME} {{ __schema {{ types {{ name {_nested(step, close, levels, ' name ')} }} }} }}"

    for levels in (4, 8):
        yield f"types-of-fields-{levels}", chain("fields { type {", "} }", levels)
        yield f"possible-types-{levels}", chain("possibleTypes { interfaces {", "} }", levels)
    yield "of-type-28", chain("ofType {", "}", 28)
    yield "many-schemas", f"query {NAME} {{ {_repeat('a{i}: __schema { types { name } } ')} }}"


def _costs() -> Iterator[tuple[str, str]]:
    """Documents of modest size that ask for more rows than anybody may have at once."""
    page = "roles(first: 100) { nodes { title duties { text } faqs { answer } } }"
    yield "many-pages", f"query {NAME} {{ {''.join(f'a{i}: {page} ' for i in range(15))} }}"
    step = "relatedRoles(first: 100) { nodes { role { "
    yield "roles-of-roles", f"query {NAME} {{ roles(first: 100) {{ nodes {{ {_nested(step, '} } }', 3, 'title')} }} }} }}"


def _sizes() -> Iterator[tuple[str, str]]:
    yield "comment", f"query {NAME} {{ __typename }} #{'x' * LARGE}"
    yield "whitespace", f"query {NAME} {' ' * LARGE}{{ __typename }}"
    yield "name", f"query {NAME} {{ {'x' * LARGE} }}"
    yield "name-within-limits", f"query {NAME} {{ {'x' * SMALL} }}"
