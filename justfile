# What CI runs.
ci:
    bash .ci/run

# Fetches the JSON Schema Test Suite into the build's folder; without it, its tests are ignored. Needs Python.
suite:
    bash crates/verify/suite/fetch/run

# All tests.
test:
    cargo test --workspace

# Accept a change of the generated code or of the example's output after reading the diff.
bless:
    cargo test --test golden || true
    BLESS=1 cargo test --test main_job
    git diff --stat tests/golden examples

# One contract with all macros expanded, for review: writes `tests/golden/expanded/`.
expanded:
    python3 tests/golden/expanded/expand.py

# The main job on the published samples.
run *files="schemas/pismo/samples/*.json schemas/boost/samples/*.json schemas/specsavers/samples/*.json":
    cargo run --release --example answer_events -- {{ files }}

# Decode and encode, against handwritten serde structs, in one run.
bench *arguments:
    cargo bench --bench samples -- {{ arguments }}

# The Avro binary encoding, against a handwritten codec, serde_avro_fast and apache-avro, in one run.
bench-avro:
    cargo bench -p migration-events-avro-oracle

# Recognising which event a message is, against decoding one that is known in advance, in one run.
bench-dispatch:
    cargo bench --bench dispatch

# Decoding from a stream, against decoding the same events one by one from memory, in one run.
bench-stream *arguments:
    cargo bench --bench stream -- {{ arguments }}

# The main job on a recovery file in which one event of a hundred is broken and one repeated: each is read, typed,
# deduplicated and answered, and the results are compared with the content of the file.
recovery events="1000000" seed="1":
    cargo run --release -p migration-events-recovery -- run --events {{ events }} --seed {{ seed }}

# Streams in which one event of twelve has a damaged byte, half of them near the key of a payload: no event may be
# found that was not sent, none twice, and none lost but beside a damaged one.
damaged streams="900" events="1000":
    cargo run --release -p migration-events-recovery -- damaged {{ streams }} {{ events }}

# Licences, sources and known vulnerabilities of all dependencies, by `deny.toml`.
deny:
    command -v cargo-deny > /dev/null || cargo install cargo-deny --locked
    cargo deny --all-features check

# Changes of the public interface against another revision that its version number does not announce.
semver baseline="main":
    command -v cargo-semver-checks > /dev/null || cargo install cargo-semver-checks --locked
    cargo semver-checks --baseline-rev {{ baseline }} -p migration-events -p migration-events-runtime \
        -p migration-events-avro -p migration-events-stream -p migration-events-codegen

# The generator's time, which must grow in proportion to the number of contracts.
bench-codegen:
    cargo bench -p migration-events-codegen --bench linear

# Other generators and codecs on the same contracts: records the result of each message, and renders the tables.
peers-table: && tables
    cargo run --release --manifest-path crates/verify/peers/Cargo.toml -- write benches/peers.json

# The tables and the chart of the README and of `docs/`, from the records in `benches/`.
tables:
    cargo run -p migration-events-tables

# This crate against its peers, in one run; writes `benches/ratios.json` and `benches/memory.json`. Follow it with
# `tables`.
bench-evidence *arguments:
    cargo bench --manifest-path crates/verify/peers/Cargo.toml --no-default-features --features fast --bench evidence --bench memory -- {{ arguments }}

# CPU seconds, crates and lines that a service pays for this crate, against typify and against neither.
# Writes `benches/build_cost.json`; follow it with `tables`.
build-cost rounds="3":
    python3 crates/verify/peers/build_cost.py {{ rounds }}

# CPU seconds of `cargo check` for the types of a catalogue of 200 contracts, beside typify's. Fails if it takes longer.
catalogue-check rounds="5":
    python3 crates/verify/typify-oracle/catalogue_check.py {{ rounds }}

# What build.rs of an embedding service compiles.
build-graph:
    cargo tree -e build,normal -p migration-events-codegen --prefix none | sort -u

# The decoders against the jsonschema crate, on generated and broken messages; `cases` of each contract.
differential cases="1000000" *arguments:
    cargo run --release -p migration-events-differential -- --cases {{ cases }} {{ arguments }}

# The Avro codecs against apache-avro and fastavro, on random data; `values` of each schema. Needs Python.
avro-oracle values="200" seed="1":
    AVRO_ORACLE_VALUES={{ values }} cargo test --release -p migration-events-avro-oracle
    bash crates/verify/avro-oracle/fastavro/run {{ values }} {{ seed }} --release

# Every fuzz target for a number of seconds, starting from the contracts and their samples. Needs a nightly toolchain.
fuzz seconds="60":
    #!/usr/bin/env bash
    set -euo pipefail
    command -v cargo-fuzz > /dev/null || cargo install cargo-fuzz --locked
    mkdir -p fuzz/corpus/{decode_json,mutated,schema_text}
    # The first byte of an input is a choice that the target makes.
    for file in schemas/{pismo,specsavers}/samples/*.json; do
        for contract in {0..8}; do
            { printf "\\$contract"; cat "$file"; } > "fuzz/corpus/decode_json/$(basename "$file" .json)-$contract"
        done
    done
    for file in schemas/{pismo,specsavers}/*.json; do
        { printf '\0'; cat "$file"; } > "fuzz/corpus/schema_text/$(basename "$file")"
    done
    { printf '\1'; cat schemas/boost/*.avsc; } > fuzz/corpus/schema_text/boost
    small='{"type":"object","required":["a"],"properties":{"a":{"$ref":"#/definitions/b"}},"definitions":{"b":{"type":"string"}}}'
    printf '\0%s' "$small" > fuzz/corpus/schema_text/small-json
    printf '\1%s' '{"type":"record","name":"a.B","fields":[{"name":"c","type":["null","string"]}]}' > fuzz/corpus/schema_text/small-avro
    asyncapi='{"asyncapi":"2.6.0","channels":{"c/{p}":{"parameters":{"p":{"schema":{"enum":["a"]}}},"publish":{"message":{"name":"M","traits":[{"headers":{"type":"object"}}],"payload":{"type":"object"}}}}}}'
    printf '\0%s' "$asyncapi" > fuzz/corpus/schema_text/small-asyncapi
    printf '\2%s' "$asyncapi" > fuzz/corpus/schema_text/small-flow-yaml
    printf '\2%s' $'type: object\nproperties:\n  a: &x {type: string}\n  b: *x\n  c:\n    - |\n      d\n' > fuzz/corpus/schema_text/small-yaml
    cargo run --quiet --manifest-path fuzz/Cargo.toml --example avro_corpus -- fuzz/corpus
    limits="-max_total_time={{ seconds }} -timeout=10 -rss_limit_mb=2048"
    cargo +nightly fuzz run decode_json -- $limits
    cargo +nightly fuzz run mutated -- $limits
    cargo +nightly fuzz run schema_text -- $limits -dict=fuzz/schema_text.dict
    cargo +nightly fuzz run avro_datum -- $limits
    cargo +nightly fuzz run avro_framed -- $limits
    cargo +nightly fuzz run avro_container -- $limits
    cargo +nightly fuzz run avro_resolve -- $limits -dict=fuzz/schema_text.dict -max_len=65536
    cargo +nightly fuzz run kafka_dump -- $limits -max_len=65536
