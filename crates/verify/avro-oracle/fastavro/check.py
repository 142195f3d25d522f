"""Reads datums in three encodings with fastavro, compares them, and writes them back.

    check.py FOLDER

FOLDER is what `avro-oracle write` made; see src/exchange.rs for the files. For each schema, the values that
fastavro reads from raw datums, container files and the JSON encoding must be the same. Then fastavro writes
them into the folder `fastavro` beside the files, for `avro-oracle check`.

What fastavro does differently, and what is done about it here:

* It turns logical types into Python's own, which lose what is beyond them: Python has no year 339,069. Its
  tables of logical types are emptied, as its documentation allows, and what stands on the wire remains.
* A value that it has read does not say which branch of a union it was, and on writing it takes the first one
  that fits: an `int` for a `long`. Values are written in its tuple notation, which names the branch; the
  names come from the JSON encoding.
* It reads and writes NaN and the infinities as bare words, which are no JSON. `Encoder` and `Decoder` use
  the strings of Java's implementation.
* As JSON, it refuses to write an empty key of a map, and a datum that ends with a record without fields.
  `Encoder` allows both.
* From JSON, it cannot read recursive records (its parser never ends, or assumes that recursion ends after one
  level) nor maps of records without fields. `NO_JSON` lists those schemas; it is checked that each still
  fails.
* It refuses schemas whose logical types are invalid, which the specification says to ignore. `REFUSED` lists
  them; they are read without their logical types, but for container files, which carry the schema.
"""

import json
import math
import struct
import sys
from io import BytesIO, StringIO
from pathlib import Path

import fastavro
import fastavro.read
import fastavro.write
from fastavro.io.json_decoder import AvroJSONDecoder
from fastavro.io.json_encoder import AvroJSONEncoder
from fastavro.io.symbols import Action, Root

REFUSED = {"logical_types_ignored"}

NO_JSON = {
    "maps_of_empty_records",
    "recursion_list",
    "recursion_map",
    "recursion_mutual",
    "recursion_tree",
    "recursion_union",
    "namespaces_dotted",
    "namespaces_empty",
    "null_namespace_within",
}

CODECS = ["null", "deflate"]

NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class Decoder(AvroJSONDecoder):
    """Reads the strings that stand for numbers beyond JSON."""

    def read_float(self):
        return number(super().read_float())

    def read_double(self):
        return number(super().read_double())


class Encoder(AvroJSONEncoder):
    """Writes those strings, and members without a name."""

    def write_value(self, value):
        if isinstance(value, float) and not math.isfinite(value):
            value = "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        if isinstance(self._current, dict) and self._key == "":
            self._current[""] = value
        else:
            super().write_value(value)

    def flush(self):
        # A record without fields at the end is still to be taken apart.
        stack = self._parser.stack
        while stack:
            symbol = stack.pop()
            if isinstance(symbol, (Action, Root)):
                self.do_action(symbol)
            else:
                stack.extend(symbol.production)


def number(value):
    return NON_FINITE[value] if isinstance(value, str) else value


def same(a, b):
    """Whether values are the same; numbers by their bits as a double, or as the float they came from."""
    if isinstance(a, float) or isinstance(b, float):
        return any(pack(a, form) == pack(b, form) for form in ("<d", "<f"))
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


def pack(value, form):
    try:
        return struct.pack(form, float(value))
    except OverflowError:
        return None


class Tagger:
    """Turns the JSON encoding into what fastavro writes, with the branch of each union."""

    def __init__(self, schema, named):
        self.schema = schema
        self.named = named

    def __call__(self, value):
        return self.of(value, self.schema)

    def of(self, value, schema):
        if isinstance(schema, list):
            if value is None:
                return ("null", None)
            [(branch, inner)] = value.items()
            [schema] = [one for one in schema if label(one) == branch]
            return (branch, self.of(inner, schema))
        kind = schema["type"] if isinstance(schema, dict) else schema
        if kind in self.named:
            return self.of(value, self.named[kind])
        if kind == "record":
            return {field["name"]: self.of(value[field["name"]], field["type"]) for field in schema["fields"]}
        if kind == "array":
            return [self.of(item, schema["items"]) for item in value]
        if kind == "map":
            return {key: self.of(item, schema["values"]) for key, item in value.items()}
        if kind in ("bytes", "fixed"):
            return value.encode("iso-8859-1")
        if kind in ("float", "double"):
            return float(number(value))
        return value


def label(schema):
    return schema.get("name", schema["type"]) if isinstance(schema, dict) else schema


def plain(value):
    """The value without the names of branches, as fastavro reads it."""
    if isinstance(value, tuple):
        return plain(value[1])
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def split(data):
    """The datums of a file of datums with their lengths."""
    datums = []
    at = 0
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        datums.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    assert at == len(data), "lengths do not add up"
    return datums


def read_datum(schema, datum):
    stream = BytesIO(datum)
    value = fastavro.schemaless_reader(stream, schema)
    assert stream.read() == b"", "bytes follow the datum"
    return value


def write_datum(schema, value):
    stream = BytesIO()
    fastavro.schemaless_writer(stream, schema, value)
    return stream.getvalue()


def read_json(schema, lines):
    # One by one: its parser carries state from one to the next.
    return [next(fastavro.json_reader(StringIO(line), schema, decoder=Decoder)) for line in lines]


def write_json(schema, values):
    lines = []
    for value in values:
        stream = StringIO()
        fastavro.json_writer(stream, schema, [value], encoder=Encoder)
        lines.append(stream.getvalue())
    return lines


def expect_same(what, expected, found):
    assert len(expected) == len(found), f"{what}: {len(found)} datums, not {len(expected)}"
    for index, (a, b) in enumerate(zip(expected, found)):
        assert same(a, b), f"{what}: datum {index} is another"


def parse(name, text):
    """The schema, and the named types in it."""
    schema = json.loads(text)
    named = {}
    if name not in REFUSED:
        return fastavro.parse_schema(schema, named_schemas=named), named
    try:
        fastavro.parse_schema(schema)
    except fastavro.schema.SchemaParseException:
        return fastavro.parse_schema(without_logical_types(schema), named_schemas=named), named
    raise AssertionError("fastavro has learnt to ignore logical types: remove the schema from REFUSED")


def without_logical_types(schema):
    if isinstance(schema, dict):
        return {key: without_logical_types(value) for key, value in schema.items() if key != "logicalType"}
    return list(map(without_logical_types, schema)) if isinstance(schema, list) else schema


def check_fingerprints(folder):
    """Compares the constants of the generated type with what fastavro computes."""
    constants = json.loads((folder / "fingerprints.json").read_text("utf-8"))
    schema = json.loads((folder / "schema.avsc").read_text("utf-8"))
    if folder.name in REFUSED:
        schema = without_logical_types(schema)
    canonical = fastavro.schema.to_parsing_canonical_form(schema)
    assert constants.pop("canonical form") == canonical, "another canonical form"
    for algorithm, constant in constants.items():
        assert constant == fastavro.schema.fingerprint(canonical, algorithm), f"another {algorithm}"


def check(folder):
    check_fingerprints(folder)
    schema, named = parse(folder.name, (folder / "schema.avsc").read_text("utf-8"))
    datums = split((folder / "datums.bin").read_bytes())
    lines = (folder / "datums.jsonl").read_text("utf-8").split("\n")[:-1]
    out = folder / "fastavro"
    out.mkdir(exist_ok=True)

    values = [read_datum(schema, datum) for datum in datums]
    tagged = list(map(Tagger(schema, named), map(json.loads, lines)))
    expect_same("JSON encoding, read by hand", values, list(map(plain, tagged)))

    written = [write_datum(schema, value) for value in tagged]
    assert written == datums, "binary: other bytes are written"
    (out / "datums.bin").write_bytes(b"".join(struct.pack(">I", len(one)) + one for one in written))

    for codec in CODECS:
        path = folder / f"{codec}.avro"
        if folder.name not in REFUSED:
            with path.open("rb") as stream:
                reader = fastavro.reader(stream)
                assert reader.codec == codec
                expect_same(codec, values, list(reader))
        with (out / f"{codec}.avro").open("wb") as stream:
            fastavro.writer(stream, schema, tagged, codec=codec)

    if folder.name in NO_JSON:
        expect_no_json(schema, lines, values)
        return len(values), False
    expect_same("JSON encoding", values, read_json(schema, lines))
    written = write_json(schema, tagged)
    (out / "datums.jsonl").write_text("".join(line + "\n" for line in written), "utf-8")
    return len(values), True


def expect_no_json(schema, lines, values):
    try:
        expect_same("JSON encoding", values, read_json(schema, lines))
    except (Exception, RecursionError):
        return
    raise ValueError("fastavro has learnt the JSON encoding of this schema: remove it from NO_JSON")


def main(folder):
    fastavro.read.LOGICAL_READERS.clear()
    fastavro.write.LOGICAL_WRITERS.clear()
    schemas = sorted(path for path in Path(folder).iterdir() if path.is_dir())
    assert schemas, f"nothing in {folder}"
    count = as_json = 0
    failures = 0
    for path in schemas:
        try:
            datums, has_json = check(path)
        except Exception as error:
            failures += 1
            print(f"{path.name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        count += datums
        as_json += datums if has_json else 0
    print(f"fastavro {fastavro.__version__}: {len(schemas)} schemas, {count} datums read and written, {as_json} as JSON")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
