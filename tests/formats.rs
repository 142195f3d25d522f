//! Formats against the official test suite of JSON Schema (draft-07, `optional/format`).
//!
//! The suite is third-party data beside the repository; where it is absent, the test says so.

use migration_events::validate::schema::Format;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const FORMATS: &[(&str, Format)] = &[
    ("date-time", Format::DateTime),
    ("date", Format::Date),
    ("time", Format::Time),
    ("email", Format::Email),
    ("hostname", Format::Hostname),
    ("ipv4", Format::Ipv4),
    ("ipv6", Format::Ipv6),
    ("uri", Format::Uri),
    ("uri-reference", Format::UriReference),
    ("iri", Format::Iri),
    ("iri-reference", Format::IriReference),
    ("uri-template", Format::UriTemplate),
    ("json-pointer", Format::JsonPointer),
    ("relative-json-pointer", Format::RelativeJsonPointer),
    ("idn-email", Format::IdnEmail),
    ("idn-hostname", Format::IdnHostname),
    ("regex", Format::Regex),
];

/// Cases on which we differ from the suite: format, description, and why.
const DIFFERENCES: &[(&str, &str, &str)] = &[(
    "idn-hostname",
    "A-label that decodes to a disallowed code point is invalid",
    "labels are decoded by the tables of UTS #46 (crate idna), which allow this code point",
)];

#[test]
fn formats_agree_with_the_official_suite() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/json-schema-test-suite/draft7/optional/format");
    if !folder.is_dir() {
        eprintln!("skipped: the JSON Schema test suite is not beside the repository");
        return;
    }
    let (mut cases, mut differing) = (0, BTreeSet::new());
    for (name, format) in FORMATS {
        let text = fs::read_to_string(folder.join(name).with_extension("json")).unwrap();
        let groups: Vec<Value> = serde_json::from_str(&text).unwrap();
        for test in groups.iter().flat_map(|group| group["tests"].as_array().unwrap()) {
            // The keyword binds strings only.
            let Some(instance) = test["data"].as_str() else { continue };
            cases += 1;
            if format.matches(instance) != test["valid"].as_bool().unwrap() {
                differing.insert((*name, test["description"].as_str().unwrap().to_owned()));
            }
        }
    }
    let listed: BTreeSet<_> =
        DIFFERENCES.iter().map(|(name, test, _)| (*name, (*test).to_owned())).collect();
    assert_eq!(differing, listed, "the list of differences must be exactly what there is");
    assert!(cases > 200, "only {cases} cases were found");
}

#[test]
fn only_the_hyphenated_form_is_a_uuid() {
    for (text, expected) in [
        ("2eb8aa08-aa98-11ea-b4aa-73b441d16380", true),
        ("2EB8AA08-AA98-11EA-B4AA-73B441D16380", true),
        ("00000000-0000-0000-0000-000000000000", true),
        ("2eb8aa08-aa98-11ea-b4aa-73b441d1638", false),
        ("2eb8aa08aa9811eab4aa73b441d16380", false),
        ("{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", false),
        ("urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380", false),
        ("2eb8aa08-aa98-11ea-b4aa73b441d16380--", false),
        ("2eb8aa08-aa98-11ea-b4aa-73b441d1638g", false),
    ] {
        assert_eq!(Format::Uuid.matches(text), expected, "{text}");
    }
}
