//! Deprecated items: the generated code compiles without a warning, see the lints of `src/lib.rs`; theirs is the user's.

#![deny(warnings)]

use events::Event;
use migration_events_cases::chosen;

#[test]
#[expect(deprecated, reason = "the use of a deprecated type, field and variant is a warning")]
fn deprecated_items_still_decode() {
    let text = r#"{"msn":"7","model":"B2","old":{"phases":3},"state":"ON","choice":"x"}"#;
    let read = chosen::Retired::from_json(text.as_bytes()).unwrap();
    assert_eq!((read.msn.as_str(), read.to_json().as_str()), ("7", text));
    assert_eq!(read.choice, Some(chosen::retired::Choice::Text("x".to_owned())));
    let built = chosen::Retired::builder().model("B2").old(chosen::OldMeter::default());
    assert_eq!(built.build().unwrap().old.phases, 3);
}
