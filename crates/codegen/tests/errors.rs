//! Texts of errors.
//!
//! The name of each contract in `errors/` describes its mistake, and the text beside it is the complete
//! error. `BLESS=1 cargo test --test errors` rewrites the texts.

use migration_events_codegen::{Error, Options, Source, generate};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn errors_match_their_golden_texts() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut differing = Vec::new();
    for contract in contracts() {
        let error = error(&contract).to_string();
        let golden = contract.with_extension("txt");
        let written = fs::read_to_string(&golden).unwrap_or_default();
        if bless {
            fs::write(&golden, format!("{error}\n")).expect("the folder can be written to");
        } else if written.trim_end() != error {
            differing.push(format!("{}\n{written}is now\n{error}", golden.display()));
        }
    }
    assert!(differing.is_empty(), "{}\n\nBLESS=1 rewrites them", differing.join("\n\n"));
}

#[test]
fn every_golden_text_has_a_contract() {
    for golden in files(|name| name.ends_with(".txt") || name.ends_with(".patch.json")) {
        let stem = golden.to_string_lossy();
        let stem = stem.trim_end_matches(".txt").trim_end_matches(".patch.json");
        let contract = [".json", ".avsc", ".yaml"].map(|end| PathBuf::from(format!("{stem}{end}")));
        assert!(contract.iter().any(|path| path.exists()), "{}", golden.display());
    }
}

#[test]
fn every_problem_has_a_place_and_a_help() {
    for contract in contracts() {
        let error = error(&contract);
        assert!(!error.problems().is_empty(), "{}", contract.display());
        for problem in error.problems() {
            assert!(problem.position.is_some(), "{problem}");
            assert!(problem.to_string().contains('^'), "{problem}");
            assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{problem}");
        }
    }
}

#[test]
fn invalid_runtime_paths_are_refused() {
    let source = Source {
        file: "a.json".into(),
        text: r#"{"type": "object", "properties": {"a": {}}}"#.into(),
        patch: None,
    };
    let options = Options::new("acme").runtime("not a path");
    assert_eq!(
        generate(&[source], &options).unwrap_err().to_string(),
        "error: \"not a path\" is not a path\n --> Options::runtime\n  \
         = help: write a path such as `::migration_events`",
    );
}

#[cfg(not(feature = "yaml"))]
#[test]
fn yaml_without_its_feature_is_an_error() {
    let source = Source { file: "a.yaml".into(), text: "type: object".into(), patch: None };
    let error = generate(&[source], &Options::new("acme")).unwrap_err().to_string();
    assert!(error.contains("--> a.yaml:1:1") && error.contains("features = [\"yaml\"]"), "{error}");
}

#[test]
#[cfg(not(feature = "backtracking"))]
fn deviations_can_remove_unsupported_patterns() {
    let text =
        r#"{"type": "object", "properties": {"a": {"type": "string", "pattern": "^(?!x)"}}}"#;
    let reason = "Checked by the service.";
    let patch =
        format!(r#"[{{"op": "remove", "path": "/properties/a/pattern", "reason": "{reason}"}}]"#);
    let mut source = Source { file: "a.json".into(), text: text.into(), patch: None };
    assert!(generate(&[source.clone()], &Options::new("acme")).is_err());
    source.patch = Some(("a.patch.json".into(), patch));
    assert!(generate(&[source], &Options::new("acme")).is_ok());
}

#[test]
fn outcomes_may_stand_where_roots_are_defined() {
    let outcome = r##"{"$ref": "#/definitions/outcome", "definitions": {"outcome": {
        "type": "object",
        "required": ["code", "message", "migration", "status"],
        "x-outcome": {
            "code": "code", "message": "message", "migration": "migration",
            "status": {"member": "status", "success": "S", "failure": "F"}
        },
        "properties": {
            "code": {"type": "string"}, "message": {"type": "string"},
            "migration": {"type": "string"}, "status": {"enum": ["S", "F"]}
        }
    }}}"##;
    // Another contract may contain the whole outcome.
    let batch = r#"{"type": "object", "properties": {
        "outcomes": {"type": "array", "items": {"$ref": "outcome.json"}}
    }}"#;
    let source =
        |file: &str, text: &str| Source { file: file.into(), text: text.into(), patch: None };
    let alone = source("outcome.json", outcome);
    generate(std::slice::from_ref(&alone), &Options::new("acme"))
        .expect("the root refers to the outcome");
    let error = generate(&[alone, source("batch.json", batch)], &Options::new("acme"));
    assert!(error.is_ok(), "{error:?}");
}

fn error(contract: &Path) -> Error {
    match generate(&[source(contract)], &Options::new("acme")) {
        Ok(_) => panic!("{} causes no error", contract.display()),
        Err(error) => error,
    }
}

fn source(contract: &Path) -> Source {
    let patch = contract.with_extension("patch.json");
    let named = |path: &Path| path.file_name().expect("a file").to_string_lossy().into_owned();
    Source {
        file: named(contract),
        text: fs::read_to_string(contract).expect("the contract can be read"),
        patch: fs::read_to_string(&patch).ok().map(|text| (named(&patch), text)),
    }
}

/// Returns the contracts of the folder, without those in YAML if they cannot be read, and those with patterns
/// that backtrack if they can.
fn contracts() -> Vec<PathBuf> {
    let is_read = |name: &str| cfg!(feature = "yaml") || !name.ends_with(".yaml");
    let backtracks =
        |name: &str| name.ends_with("looks_ahead.json") || name.ends_with("refers_back.json");
    let is_refused = |name: &str| !cfg!(feature = "backtracking") || !backtracks(name);
    files(|name| {
        let is_contract = !name.ends_with(".patch.json") && !name.ends_with(".txt");
        is_contract && is_read(name) && is_refused(name)
    })
}

/// Returns the files of the folder, ordered by name.
fn files(wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| wanted(&path.to_string_lossy()))
        .collect();
    files.sort();
    files
}
