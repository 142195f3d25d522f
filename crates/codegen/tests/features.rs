//! Contracts whose feature is off are errors that name it. Run without features; see `.ci/run`.

use migration_events_codegen::{Options, Source, generate};

/// Generates from one contract, and returns the text of the error, if there is one.
fn error(file: &str, text: &str) -> Option<String> {
    let source = Source { file: file.into(), text: text.into(), patch: None };
    generate(&[source], &Options::new("acme")).err().map(|error| error.to_string())
}

/// Asserts that a contract is refused exactly if a feature is off.
fn needs(feature: &str, is_on: bool, file: &str, text: &str) {
    let error = error(file, text);
    if is_on {
        assert_eq!(error, None, "{file}");
        return;
    }
    let error = error.unwrap_or_default();
    assert!(error.contains(&format!("feature `{feature}` of the generator")), "{file}: {error}");
    assert!(error.contains(&format!("add {feature:?} to the `features`")), "{file}: {error}");
    assert!(error.contains(&format!("--> {file}:1:")), "{file}: {error}");
}

const RECORD: &str =
    r#"{"type": "record", "name": "a.B", "fields": [{"name": "c", "type": "int"}]}"#;

#[test]
fn avro_needs_its_feature() {
    let is_on = cfg!(feature = "avro");
    needs("avro", is_on, "b.avsc", RECORD);
    needs("avro", is_on, "b.json", RECORD);
    needs("avro", is_on, "p.avpr", &format!(r#"{{"protocol": "P", "types": [{RECORD}]}}"#));
}

#[test]
fn answers_of_registries_need_avro() {
    let answer = format!(r#"{{"schema": {RECORD:?}, "id": 1}}"#);
    let error = error("b.json", &answer);
    assert_eq!(error.is_none(), cfg!(feature = "avro"), "{error:?}");
}

#[test]
fn openapi_needs_its_feature() {
    let text = r#"{"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "components": {"schemas": {"M": {"type": "object"}}}}"#;
    needs("openapi", cfg!(feature = "openapi"), "api.json", text);
}

/// An AsyncAPI document with one message.
fn asyncapi(message: &str) -> String {
    format!(
        r##"{{"asyncapi": "2.6.0", "info": {{"title": "t", "version": "1"}}, "channels": {{
        "c": {{"publish": {{"message": {message}}}}}}}}}"##
    )
}

#[test]
fn asyncapi_needs_its_feature() {
    let text = asyncapi(r#"{"name": "M", "payload": {"type": "object"}}"#);
    needs("asyncapi", cfg!(feature = "asyncapi"), "flow.json", &text);
}

#[test]
#[cfg(feature = "asyncapi")]
fn avro_payloads_need_avro() {
    let text = asyncapi(&format!(
        r#"{{"name": "M", "schemaFormat": "application/vnd.apache.avro;version=1.9.0", "payload": {RECORD}}}"#
    ));
    let error = error("flow.json", &text);
    assert_eq!(error.is_none(), cfg!(feature = "avro"), "{error:?}");
    assert!(error.is_none_or(|error| error.contains("/channels/c/publish/message/payload")));
}

#[test]
fn patterns_need_a_feature_beyond_sets() {
    let with = |pattern: &str| {
        format!(
            r#"{{"type": "object", "properties": {{"a": {{"type": "string", "pattern": {pattern:?}}}}}}}"#
        )
    };
    assert_eq!(error("a.json", &with("[0-9]")), None);
    needs("regex", cfg!(feature = "regex"), "a.json", &with("^[0-9]+$"));
}
