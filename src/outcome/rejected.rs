//! What can still be said about a message that breaks its contract.

use crate::json::{Decode, Reader, at_pointer};
use crate::validate::Kind;
use crate::{Event, Rejection, Violation};
use std::borrow::Cow;
use std::fmt::Write as _;

/// An event that asks for a migration, and says by which identifiers it is to be answered.
pub trait Answerable: Event {
    /// The identifiers.
    type Migration: Decode;

    /// Where they are in the event, as a JSON pointer (RFC 6901) through objects.
    fn migration_pointer() -> Cow<'static, str>;
}

/// The identifiers of a rejected message, if they can be read and are the only ones.
pub(super) fn migration<R: Answerable>(
    rejection: &Rejection,
    message: &[u8],
) -> Option<R::Migration> {
    let pointer = R::migration_pointer();
    // Beyond the listed violations there may be a repeated key.
    if rejection.omitted() > 0 {
        return None;
    }
    let forbids = |violation: &Violation| {
        // A message beyond the limit was not looked at, so repeated keys were not either.
        matches!(violation.kind(), Kind::Size { .. }) || repeats(violation, &pointer)
    };
    if rejection.violations().iter().any(forbids) {
        return None;
    }
    let migration = at_pointer(readable(message), &pointer)?;
    let mut reader = Reader::new(migration);
    let migration = R::Migration::decode(&mut reader).ok()?;
    reader.end().ok().map(|()| migration)
}

/// What comes before the first byte that is not UTF-8.
pub(crate) fn readable(message: &[u8]) -> &str {
    message.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// Whether a violation is a repeated key on the way to `pointer`, or within the value there.
fn repeats(violation: &Violation, pointer: &str) -> bool {
    let Kind::DuplicateKey { key } = violation.kind() else { return false };
    let at = violation.instance_pointer();
    match pointer.strip_prefix(at) {
        Some("") => true,
        Some(rest) => {
            let next = rest.strip_prefix('/').and_then(|rest| rest.split('/').next());
            next.is_some_and(|next| next.replace("~1", "/").replace("~0", "~") == **key)
        }
        None => at.strip_prefix(pointer).is_some_and(|within| within.starts_with('/')),
    }
}

/// How many violations an outcome's message names.
const MAX_NAMED: usize = 10;

/// What the sender is told: places and rules, no values.
pub(super) fn describe(rejection: &Rejection) -> String {
    let total = rejection.violations().len() + rejection.omitted();
    let plural = if total == 1 { "" } else { "s" };
    let mut text = format!("rejected: {total} violation{plural}");
    for (index, violation) in rejection.violations().iter().take(MAX_NAMED).enumerate() {
        let separator = if index == 0 { " at" } else { "," };
        let pointer = match violation.instance_pointer() {
            "" => "(root)",
            pointer => pointer,
        };
        let _ = write!(text, "{separator} {pointer} ({})", violation.kind().name());
    }
    if total > MAX_NAMED {
        let _ = write!(text, " and {} more", total - rejection.violations().len().min(MAX_NAMED));
    }
    text
}

#[cfg(all(test, feature = "pismo"))]
mod tests {
    use crate::outcome::Outcome;
    use crate::pismo::{CustomerIncoming, CustomerOutgoing};
    use crate::{Decoder, Event};

    const IDENTIFIERS: &str =
        r#"{"id": "m-1", "account_id": "a-1", "version_date": "2021-08-11T11:25:00.120Z"}"#;

    fn rejected(message: &str) -> Option<CustomerOutgoing> {
        let rejection = CustomerIncoming::from_json(message.as_bytes()).unwrap_err();
        CustomerOutgoing::rejected::<CustomerIncoming>("X-1", &rejection, message.as_bytes())
    }

    #[test]
    fn a_rejected_message_is_answered_with_its_own_identifiers() {
        let outcome = rejected(&format!(
            r#"{{"entity": {{"email": 7, "migration": {IDENTIFIERS}, "is_active": 1}}}}"#
        ));
        let outcome = outcome.unwrap();
        assert_eq!(outcome.migration.id, "m-1");
        assert_eq!(outcome.migration.version_date.to_string(), "2021-08-11T11:25:00.120Z");
        assert_eq!(outcome.entity, None);
        assert!(outcome.message.starts_with("rejected: "), "{}", outcome.message);
        assert!(outcome.message.contains("/entity/email (type)"), "{}", outcome.message);
        assert!(!outcome.message.contains("m-1"), "{}", outcome.message);
        outcome.check().unwrap();
    }

    #[test]
    fn a_message_that_breaks_off_behind_its_identifiers_is_answered() {
        let outcome = rejected(&format!(r#"{{"entity": {{"migration": {IDENTIFIERS}, "na"#));
        assert_eq!(outcome.unwrap().migration.account_id, "a-1");
        assert_eq!(rejected(r#"{"entity": {"migration": {"id": "m-1", "acc"#), None);
    }

    #[test]
    fn a_message_that_is_no_utf_8_behind_its_identifiers_is_answered() {
        let (before, after) =
            (format!(r#"{{"entity": {{"migration": {IDENTIFIERS}, "na"#), r#"me": 1}}"#);
        let message = [before.as_bytes(), b"\xff", after.as_bytes()].concat();
        let rejection = CustomerIncoming::from_json(&message).unwrap_err();
        let outcome = CustomerOutgoing::rejected::<CustomerIncoming>("X-1", &rejection, &message);
        assert_eq!(outcome.unwrap().migration.id, "m-1");
    }

    #[test]
    fn identifiers_that_break_the_contract_are_not_repeated() {
        assert_eq!(rejected(r#"{"entity": {"migration": {"id": "m-1"}}}"#), None);
        assert_eq!(rejected(r#"{"entity": {}}"#), None);
        assert_eq!(rejected("[]"), None);
        assert_eq!(rejected("\u{0}"), None);
    }

    #[test]
    fn a_repeated_key_leaves_open_which_migration_is_meant() {
        let one = format!(r#"{{"migration": {IDENTIFIERS}}}"#);
        assert_eq!(rejected(&format!(r#"{{"entity": {one}, "entity": {one}}}"#)), None);
        let two = format!(r#""migration": {IDENTIFIERS}, "migration": {IDENTIFIERS}"#);
        assert_eq!(rejected(&format!(r#"{{"entity": {{{two}}}}}"#)), None);
        let within = IDENTIFIERS.replace("\"id\":", "\"id\": \"m-2\", \"id\":");
        assert_eq!(rejected(&format!(r#"{{"entity": {{"migration": {within}}}}}"#)), None);
        // Elsewhere it says nothing about the migration.
        let outcome = rejected(&format!(
            r#"{{"file_name": null, "file_name": "f", "entity": {{"migration": {IDENTIFIERS}}}}}"#
        ));
        assert_eq!(outcome.unwrap().migration.id, "m-1");
    }

    #[test]
    fn what_was_not_looked_at_is_not_answered() {
        let message =
            format!(r#"{{"entity": {{"email": 7, "migration": {IDENTIFIERS}, "is_active": 1}}}}"#);
        for decoder in [Decoder::new().max_bytes(8), Decoder::new().max_violations(1)] {
            let rejection = decoder.decode::<CustomerIncoming>(message.as_bytes()).unwrap_err();
            let outcome = CustomerOutgoing::rejected::<CustomerIncoming>(
                "X-1",
                &rejection,
                message.as_bytes(),
            );
            assert_eq!(outcome, None);
        }
    }
}
