//! Types that contracts of a family share.

use migration_events_codegen::{Options, Source, generate};

fn source(file: &str, text: &str) -> Source {
    Source { file: file.into(), text: text.into(), patch: None }
}

fn generated(sources: &[Source]) -> String {
    generate(sources, &Options::new("acme")).unwrap_or_else(|error| panic!("{error}"))
}

fn avro(symbols: &str) -> Source {
    let text = format!(
        r#"{{"type":"record","name":"Moved","fields":[
            {{"name":"level","type":{{"type":"enum","name":"n.Level","symbols":{symbols}}}}}]}}"#
    );
    source("moved.avsc", &text)
}

fn json(values: &str) -> Source {
    let text = format!(r#"{{"type":"object","properties":{{"level":{{"enum":{values}}}}}}}"#);
    source("kept.json", &text)
}

fn count(rust: &str, part: &str) -> usize {
    rust.matches(part).count()
}

#[test]
fn equal_avro_and_json_enums_share_one_type() {
    let rust = generated(&[json(r#"["A","B"]"#), avro(r#"["A","B"]"#)]);
    assert_eq!(count(&rust, "pub enum "), 1, "{rust}");
    assert_eq!(count(&rust, "avro_enum! {\n    \"n.Level\";\n    Level, "), 1, "{rust}");
}

#[test]
fn avro_enums_of_another_order_stay_separate() {
    for (values, symbols) in [(r#"["B","A"]"#, r#"["A","B"]"#), (r#"["A","B"]"#, r#"["B","A"]"#)] {
        let rust = generated(&[json(values), avro(symbols)]);
        assert_eq!(count(&rust, "pub enum "), 2, "{rust}");
        assert_eq!((count(&rust, "avro_record!"), count(&rust, "avro_enum!")), (1, 1), "{rust}");
    }
    // The order of JSON enums does not matter.
    let others = source("gone.json", &json(r#"["B","A"]"#).text);
    let rust = generated(&[json(r#"["A","B"]"#), others]);
    assert_eq!(count(&rust, "pub enum "), 1, "{rust}");
    assert!(!rust.contains("avro"), "{rust}");
}

#[test]
fn json_schema_defaults_are_for_builders_alone() {
    let text = r#"{"type": "object", "required": ["a"], "properties": {
        "a": {"type": "string", "default": "x"}, "b": {"type": "integer", "default": 1}}}"#;
    let rust = generated(&[source("kept.json", text)]);
    assert!(rust.contains(r#""a" => a: String, initial("\"x\"");"#), "{rust}");
    assert!(rust.contains(r#""b" => b: i64, optional;"#), "{rust}");
    // An absent member of an Avro record has its default.
    assert!(!rust.contains(" default("), "{rust}");
}
