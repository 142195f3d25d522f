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
    // The limit itself is not reached: as in serde_json, 128 allows 127 levels.
    assert!(decoder.decode::<pismo::CustomerIncoming>(message(6).as_bytes()).is_ok());
    let rejection = rejection(decoder, &message(7));
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
fn a_long_key_above_many_violations_does_not_multiply() {
    let repeated = r#""a": 1, "#.repeat(10_000);
    let message = format!(r#"{{"{}": {{{repeated}"b": 1}}}}"#, "k".repeat(1 << 20));
    let rejection = rejection(Decoder::new(), &message);
    let held: usize = rejection.violations().iter().map(|v| v.instance_pointer().len()).sum();
    assert!(held <= message.len() + 100 * 256, "{held} bytes of pointers");
    assert_eq!(rejection.violations().len() + rejection.omitted(), 10_000 - 1 + 1);
}

#[test]
fn a_line_break_in_a_key_does_not_forge_a_line_of_a_log() {
    let message = "{\"x\\n  /entity: fine\": {\"a\": 1, \"a\": 2}, \"entity\": {}}";
    let text = rejection(Decoder::new(), message).to_string();
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
