//! Identification of a message that breaks its contract.

use crate::json::{Decode, Reader, at_pointer};
use crate::shown::Shown;
use crate::validate::ViolationKind;
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
        matches!(violation.kind(), ViolationKind::Size { .. } | ViolationKind::Values { .. })
            || repeats(violation, &pointer)
    };
    if rejection.violations().iter().any(forbids) {
        return None;
    }
    let migration = at_pointer(readable(message), &pointer)?;
    let mut reader = Reader::new(migration);
    let migration = R::Migration::decode(&mut reader).ok()?;
    reader.end().ok().map(|()| migration)
}

/// The text before the first byte that is not UTF-8.
#[must_use]
pub fn readable(message: &[u8]) -> &str {
    message.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// Returns whether a violation is a repeated key on the way to `pointer`, or within the value there.
fn repeats(violation: &Violation, pointer: &str) -> bool {
    let ViolationKind::DuplicateKey { key } = violation.kind() else { return false };
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

/// The maximum number of violations that an outcome's message names.
const MAX_NAMED: usize = 10;

/// The message to the sender: places and rules, no values.
pub(super) fn describe(rejection: &Rejection) -> String {
    let total = rejection.violations().len() + rejection.omitted();
    let plural = if total == 1 { "" } else { "s" };
    let mut text = format!("rejected: {total} violation{plural}");
    for (index, violation) in rejection.violations().iter().take(MAX_NAMED).enumerate() {
        let separator = if index == 0 { " at" } else { "," };
        let pointer = Shown::pointer(violation.instance_pointer());
        let _ = write!(text, "{separator} {pointer} ({})", violation.kind().name());
    }
    if total > MAX_NAMED {
        let _ = write!(text, " and {} more", total - rejection.violations().len().min(MAX_NAMED));
    }
    text
}
