//! What contracts of one family share, and what must stay apart.

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
fn an_enum_of_avro_and_json_is_one_type_with_both_encodings_if_the_order_is_the_same() {
    let rust = generated(&[json(r#"["A","B"]"#), avro(r#"["A","B"]"#)]);
    assert_eq!(count(&rust, "pub enum "), 1, "{rust}");
    assert_eq!(count(&rust, "impl ::migration_events_runtime::avro::Datum for Level"), 1, "{rust}");
    assert!(rust.contains(r#"const NAME: &'static str = "n.Level""#), "{rust}");
}

#[test]
fn an_enum_of_avro_keeps_the_order_of_its_symbols_for_itself() {
    for (values, symbols) in [(r#"["B","A"]"#, r#"["A","B"]"#), (r#"["A","B"]"#, r#"["B","A"]"#)] {
        let rust = generated(&[json(values), avro(symbols)]);
        assert_eq!(count(&rust, "pub enum "), 2, "{rust}");
        assert_eq!(count(&rust, "avro::Datum for "), 2, "the record and its enum: {rust}");
    }
    // Without Avro the order says nothing.
    let others = source("gone.json", &json(r#"["B","A"]"#).text);
    let rust = generated(&[json(r#"["A","B"]"#), others]);
    assert_eq!(count(&rust, "pub enum "), 1, "{rust}");
    assert!(!rust.contains("avro"), "{rust}");
}

#[test]
fn a_default_of_json_schema_is_an_annotation() {
    let schema = |default: &str| {
        let text = format!(
            r#"{{"type":"object","required":["a"],"properties":{{"a":{{"type":"string"{default}}},
                "b":{{"type":"integer"{default}}}}}}}"#
        );
        generated(&[source("kept.json", &text)])
    };
    assert_eq!(schema(r#","default":"x""#), schema(""));
}
