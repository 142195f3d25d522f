//! The cost of a message, and the content of a rejection.
#![cfg(feature = "pismo-core")]

use migration_events::validate::{Strictness, ViolationKind};
use migration_events::{Decoder, Event, Rejection, pismo};

fn rejection(decoder: Decoder, message: &str) -> Rejection {
    decoder.decode::<pismo::CustomerIncoming>(message.as_bytes()).unwrap_err()
}

#[test]
fn the_byte_limit_is_inclusive() {
    let message = include_str!("../schemas/pismo/samples/customer_incoming-1.json");
    let exact = Decoder::new().max_bytes(message.len());
    assert!(exact.decode::<pismo::CustomerIncoming>(message.as_bytes()).is_ok());
    let limit = message.len() - 1;
    let rejection = rejection(exact.max_bytes(limit), message);
    assert_eq!(*rejection.violations()[0].kind(), ViolationKind::Size { limit });
    assert_eq!(
        rejection.violations()[0].to_string(),
        format!("(root): longer than {limit} bytes (size)")
    );
}

#[test]
fn the_depth_limit_counts_message_levels() {
    let message = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        let sample = r#"{"entity": {"migration": {"id": "1", "account_id": "2",
            "version_date": "2023-10-03T17:25:45Z"}}, "x": "#;
        format!("{sample}{open}{close}}}")
    };
    let decoder = Decoder::new().max_depth(8);
    assert!(decoder.decode::<pismo::CustomerIncoming>(message(7).as_bytes()).is_ok());
    let rejection = rejection(decoder, &message(8));
    assert_eq!(rejection.violations()[0].to_string(), "/x: nested deeper than 8 levels (depth)");
}

#[test]
fn violations_beyond_the_limit_are_counted() {
    let message = format!(
        r#"{{"entity": {{"migration": {{}}, {}"email": 1}}}}"#,
        r#""social_name": 1, "#.repeat(50)
    );
    let all = rejection(Decoder::new().max_violations(usize::MAX), &message);
    let few = rejection(Decoder::new().max_violations(3), &message);
    assert_eq!(few.violations(), &all.violations()[..3]);
    assert_eq!(few.violations().len() + few.omitted(), all.violations().len());
    assert!(few.to_string().ends_with(&format!("and {} more", few.omitted())));
    assert_eq!(rejection(Decoder::new().max_violations(0), &message).violations().len(), 1);
}

#[test]
fn long_keys_above_many_violations_are_bounded() {
    let repeated = r#""a": 1, "#.repeat(10_000);
    let message = format!(r#"{{"{}": {{{repeated}"b": 1}}}}"#, "k".repeat(1 << 20));
    let rejection = rejection(Decoder::new(), &message);
    let held: usize = rejection.violations().iter().map(|v| v.instance_pointer().len()).sum();
    assert!(held <= message.len() + 100 * 256, "{held} bytes of pointers");
    assert_eq!(rejection.violations().len() + rejection.omitted(), 10_000 - 1 + 1);
}

#[test]
fn line_breaks_in_keys_are_escaped_in_logs() {
    let message = "{\"x\\n  /entity: fine\": {\"a\": 1, \"a\": 2}, \"entity\": {}}";
    let text = format!("{:#}", rejection(Decoder::new(), message));
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains(r"/x\n  ~1entity: fine: key"), "{text}");
}

#[test]
fn a_rejection_says_what_it_was_measured_against() {
    let sample = include_bytes!("../schemas/pismo/samples/recurring_charge_plan_incoming-1.json");
    let strict = Decoder::new().strict();
    let rejection = strict.decode::<pismo::RecurringChargePlanIncoming>(sample).unwrap_err();
    assert_eq!(rejection.strictness(), Strictness::Published);
    let plan = pismo::RecurringChargePlanIncoming::from_json(sample).unwrap();
    assert!(plan.check().is_ok());
    assert_eq!(strict.check(&plan).unwrap_err(), rejection);
    let broken = pismo::RecurringChargePlanIncoming::from_json(b"{}").unwrap_err();
    assert_eq!(broken.strictness(), Strictness::Patched);
}

#[test]
fn the_depth_limit_is_inclusive() {
    for limit in [3, 32, 127, Decoder::MAX_DEPTH] {
        let decoder = Decoder::new().max_depth(limit);
        let message = |levels: usize| {
            let (open, close) = ("[".repeat(levels - 1), "]".repeat(levels - 1));
            format!(
                r#"{{"entity": {{"migration": {{"id": "1", "account_id": "2",
                "version_date": "2023-10-03T17:25:45Z"}}}}, "x": {open}{close}}}"#
            )
        };
        assert!(decoder.decode::<pismo::CustomerIncoming>(message(limit).as_bytes()).is_ok());
        let rejection = rejection(decoder, &message(limit + 1));
        assert_eq!(*rejection.violations()[0].kind(), ViolationKind::Depth { limit });
    }
    assert_eq!(Decoder::new().max_depth(100_000), Decoder::new().max_depth(Decoder::MAX_DEPTH));
}

/// A message with this number of values in an array.
fn many(values: usize) -> String {
    format!(r#"{{"x": [{}]}}"#, vec!["{}"; values].join(","))
}

#[test]
fn values_are_limited_before_they_are_read() {
    // Two more are the object and the array.
    let limit = Decoder::DEFAULT_MAX_VALUES;
    let rejected = rejection(Decoder::new(), &many(limit - 1));
    assert_eq!(
        rejected.violations().iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["(root): more than 1048576 values (values)"]
    );
    let kinds = |limit: usize| {
        let rejected = rejection(Decoder::new().max_values(limit), &many(98));
        rejected.violations()[0].kind().clone()
    };
    assert_eq!(kinds(99), ViolationKind::Values { limit: 99 });
    assert_eq!(kinds(100), ViolationKind::Required { property: "entity" });
}

#[cfg(feature = "stream")]
#[test]
fn values_of_an_event_in_a_stream_are_limited() {
    use migration_events::stream::{Error, Events};
    let sample = include_str!("../schemas/pismo/samples/customer_incoming-1.json").trim();
    let stream = [sample, &many(1_000), sample, "{\"x\": [1, 2]}"].concat();
    let decoder = Decoder::new().max_values(999);
    let events = Events::new(stream.as_bytes()).decode_with::<pismo::CustomerIncoming>(decoder);
    let kinds: Vec<_> = events
        .map(|event| match event {
            Err(Error::Rejected { rejection, .. }) => Some(rejection.violations()[0].kind().name()),
            event => event.map(|_| None).unwrap(),
        })
        .collect();
    assert_eq!(kinds, [None, Some("values"), None, Some("required")]);
}

#[test]
fn text_of_keys_cannot_forge_a_log() {
    for (key, shown) in [
        ("\\u202egnp.exe", r"\u{202e}gnp.exe"),
        ("\\u2066x", r"\u{2066}x"),
        ("\\u2028x", r"\u{2028}x"),
        ("\\u0085x", r"\u{85}x"),
        ("\\u001b[2J", r"\u{1b}[2J"),
        ("\\u200fx", r"\u{200f}x"),
    ] {
        let message = format!(r#"{{"p": {{"{key}": {{"{key}": 1, "{key}": 2}}}}}}"#);
        let rejection = rejection(Decoder::new(), &message);
        let violation = rejection.violations()[0].to_string();
        assert_eq!(violation, format!("/p/{shown}: key \"{shown}\" occurs twice (duplicateKey)"));
        let masked = rejection.violations()[0].masked().to_string();
        assert_eq!(masked, "/*/*: key * occurs twice (duplicateKey)");
    }
}

#[test]
fn displayed_keys_are_short_and_can_be_masked() {
    let key = "k".repeat(4 << 20);
    let message = format!(
        r#"{{"{key}": {{"{key}": 1, "{key}": 2}}, "entity": {{"migration": {{"id": 1}}}}}}"#
    );
    let rejection = rejection(Decoder::new(), &message);
    let text = rejection.to_string();
    assert!(text.len() < 1_000, "{} bytes", text.len());
    assert!(text.contains("kkk…"));
    let masked = rejection.masked().to_string();
    assert!(!masked.contains("kkk") && masked.lines().count() == text.lines().count());
    assert!(
        masked.contains("/entity/migration/id: expected a string, found a number (type)"),
        "{masked}"
    );
}

#[test]
fn all_violations_are_located_at_once() {
    let sample = include_str!("../schemas/pismo/samples/customer_outgoing-1.json").trim();
    let many: String = (0..300).map(|key| format!("\"k{key}\": {{\"a\": 1, \"a\": 2}},")).collect();
    let message = format!("{{{many}{}", &sample[1..]);
    let rejection = rejection(Decoder::new(), &message);
    let located = rejection.located_in(message.as_bytes());
    assert_eq!(located.len(), Decoder::DEFAULT_MAX_VIOLATIONS);
    for place in located {
        assert_eq!(place.value, place.violation.value_in(message.as_bytes()));
        assert_eq!(place.offset, place.violation.offset_in(message.as_bytes()));
        if matches!(place.violation.kind(), ViolationKind::DuplicateKey { .. }) {
            assert_eq!(place.value, Some(r#"{"a": 1, "a": 2}"#));
        }
    }
}
