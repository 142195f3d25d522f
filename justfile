# What CI runs.
ci:
    bash .ci/run

# All tests.
test:
    cargo test --workspace

# Accept a change of the generated code or of the example's output after reading the diff.
bless:
    cargo test --test golden || true
    BLESS=1 cargo test --test main_job
    git diff --stat tests/golden examples

# The main job on the published samples.
run *files="schemas/pismo/samples/*.json schemas/boost/samples/*.json schemas/specsavers/samples/*.json":
    cargo run --release --example answer_events -- {{ files }}

# Decode and encode, against handwritten serde structs, in one run.
bench *arguments:
    cargo bench --bench samples -- {{ arguments }}

# What build.rs of an embedding service compiles.
build-graph:
    cargo tree -e build,normal -p migration-events-codegen --prefix none | sort -u
