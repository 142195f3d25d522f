//! Types that OpenAPI describes.

use migration_events_cases::openapi::{Count, Guess, Meter, MeterKind, Other, Queues, Reading};

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

#[test]
fn nullable_members_accept_null() {
    let text = r#"{"serial":"A-1","site":null,"level":0.5,"kind":null}"#;
    let meter: Meter = serde_json::from_str(text).unwrap();
    assert_eq!(meter.site, None);
    assert_eq!(meter.kind, Some(None));
    assert_eq!(serde_json::to_string(&meter).unwrap(), text);
    let meter: Meter =
        read(r#"{"serial":"A-1","site":{"street":"s"},"level":0.5,"kind":"GAS"}"#).unwrap();
    assert_eq!(meter.site.unwrap().street, "s");
    assert_eq!(meter.kind, Some(Some(MeterKind::Gas)));
}

#[test]
fn exclusive_limits_exclude_the_limit() {
    assert!(read::<Meter>(r#"{"serial":"A-1","site":null,"level":0}"#).is_none());
    assert!(read::<Meter>(r#"{"serial":"","site":null,"level":1}"#).is_none());
}

#[test]
fn discriminators_decide_between_equal_shapes() {
    let reading = |how: &str| read::<Reading>(&format!(r#"{{"value":1.5,"how":"{how}"}}"#));
    assert!(matches!(reading("read"), Some(Reading::Read(_))));
    assert!(matches!(reading("guess"), Some(Reading::Guess(_))));
    assert!(matches!(reading("estimate"), Some(Reading::Estimate(_))));
    assert!(reading("Read").is_none());
    assert!(read::<Reading>(r#"{"value":1.5}"#).is_none());
    let text = r#"{"how":"guess","after":{"how":"read","value":2.0}}"#;
    let guess: Guess = serde_json::from_str(text).unwrap();
    assert!(matches!(guess.after, Some(Reading::Read(_))));
    assert_eq!(serde_json::to_string(&guess).unwrap(), text);
}

#[test]
fn schemas_of_plain_values_are_types() {
    assert!(read::<Count>("7").is_some());
    assert!(read::<Other>(r#"{"street":"s"}"#).is_some());
    assert!(read::<Other>("{}").is_none());
}

#[test]
fn refusals_of_generic_types_are_named_with_violations() {
    let text = r#"{"numbers":[1,9],"sites":[{"street":"s"}]}"#;
    let queues: Queues = serde_json::from_str(text).unwrap();
    assert_eq!(queues.numbers.unwrap()[1].get(), 9);
    assert_eq!(queues.sites.unwrap()[0].street, "s");
    let violations = |text: &str| serde_json::from_str::<Queues>(text).unwrap_err().to_string();
    let refused = violations(r#"{"numbers":[1,0],"sites":[{"street":"s"},{}]}"#);
    assert!(refused.contains("/numbers: ") && refused.contains("/sites: "), "{refused}");
    assert_eq!(refused.matches("(external)").count(), 2, "{refused}");
    // The type is asked about values that the schema allows.
    let broken = violations(r#"{"numbers":[1,0,11,1],"sites":[{}]}"#);
    assert!(broken.contains("(maxItems)") && broken.contains("(maximum)"), "{broken}");
    assert_eq!(broken.matches("(external)").count(), 1, "{broken}");
}
