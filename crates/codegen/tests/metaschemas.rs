//! References to the metaschemas of the drafts.

use migration_events_codegen::{
    Lint, Options, Reference, Severity, Source, generate_with, generate_with_warnings,
};

const SEVENTH: &str = "http://json-schema.org/draft-07/schema";
const LATEST: &str = "https://json-schema.org/draft/2020-12/schema";

fn source(uri: &str) -> Source {
    let text = format!(
        r#"{{"$schema": "{uri}", "type": "object", "properties": {{"form": {{"$ref": "{uri}"}}}}}}"#
    );
    Source { file: "form.json".into(), text, patch: None }
}

/// Returns a small schema of schemas.
fn metaschema(uri: &str, dynamic: bool) -> Reference {
    let (anchor, inner) = match dynamic {
        true => (r##""$dynamicAnchor": "meta","##, r##"{"$dynamicRef": "#meta"}"##),
        false => ("", r##"{"$ref": "#"}"##),
    };
    let text = format!(
        r#"{{"$schema": "{uri}", "$id": "{uri}", {anchor} "type": ["object", "boolean"], "properties": {{
            "title": {{"type": "string"}}, "items": {inner}}}}}"#
    );
    Reference { uri: uri.into(), text }
}

#[test]
fn missing_metaschemas_are_errors_with_ways_out() {
    for uri in [SEVENTH, LATEST, "http://json-schema.org/draft-07/schema#/definitions/nonNegative"]
    {
        let root = source(SEVENTH)
            .text
            .replace(&format!(r#""$ref": "{SEVENTH}"#), &format!(r#""$ref": "{uri}"#));
        let source = Source { file: "form.json".into(), text: root, patch: None };
        let error = generate_with(&[source], &[], &Options::new("acme")).unwrap_err();
        let [problem] = error.problems() else { panic!("{error}") };
        let document = uri.split('#').next().unwrap();
        assert_eq!(problem.pointer, "/properties/form/$ref");
        assert_eq!(
            problem.message,
            format!("the metaschema {document:?} is not among the documents")
        );
        assert!(problem.help.contains(&format!("reference({document:?}, …)")), "{error}");
        assert!(
            problem.help.contains("lint(Lint::MissingMetaschema, Severity::Ignore)"),
            "{error}"
        );
    }
}

#[test]
fn missing_metaschemas_can_be_left_unchecked() {
    let options = Options::new("acme").lint(Lint::MissingMetaschema, Severity::Warning);
    let generated = generate_with_warnings(&[source(SEVENTH)], &[], &options).unwrap();
    assert_eq!(generated.warnings.len(), 1);
    let rust = generated.code;
    assert!(rust.contains("pub form: Option<runtime::json::RawJson>,"), "{rust}");
    let note = "Any JSON value is accepted: it is not checked against the metaschema";
    assert!(rust.contains(note), "{rust}");
}

#[test]
fn given_metaschemas_describe_values() {
    for uri in [SEVENTH, "http://json-schema.org/draft-07/schema#", LATEST] {
        let metaschema = metaschema(uri, uri == LATEST);
        let rust = generate_with(&[source(uri)], &[metaschema], &Options::new("acme"));
        let rust = rust.unwrap_or_else(|error| panic!("{error}"));
        assert!(rust.contains("pub title: Option<String>,"), "{uri}: {rust}");
        assert!(rust.contains("pub form: Option<"), "{uri}: {rust}");
        assert!(!rust.contains("pub form: Option<runtime::json::RawJson>"), "{uri}: {rust}");
    }
}

#[test]
fn other_scheme_leads_to_given_metaschema() {
    let metaschema = metaschema(SEVENTH, false);
    let https = source(&SEVENTH.replace("http:", "https:"));
    let rust = generate_with(&[https], &[metaschema], &Options::new("acme")).unwrap();
    assert!(rust.contains("pub title: Option<String>,"), "{rust}");
}
