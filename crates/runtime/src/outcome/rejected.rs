//! Identification of a message that breaks its contract.

use crate::json::{Decode, Reader};
use crate::shown::Shown;
use crate::validate::ViolationKind;
use crate::{Event, Rejection};
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
    let mut text = readable(message);
    let mut end = text.len();
    for violation in rejection.violations() {
        match violation.kind() {
            // Nothing of it was looked at.
            ViolationKind::Size { .. } | ViolationKind::Values { .. } => return None,
            // These end the validation, so they are never omitted. After an error of syntax the text may mean
            // anything; what is too deep was not looked at, nor was the text after it.
            ViolationKind::Syntax { offset, .. } => text = text.get(..*offset).unwrap_or_default(),
            ViolationKind::Depth { limit } => end = too_deep(text, *limit),
            _ => {}
        }
    }
    let mut reader = only_at(text, &R::migration_pointer())?;
    let migration = R::Migration::decode(&mut reader).ok()?;
    (reader.position() <= end).then_some(migration)
}

/// Where arrays and objects become deeper than the limit.
fn too_deep(text: &str, limit: usize) -> usize {
    let (mut depth, mut is_string, mut is_escaped) = (0_usize, false, false);
    let at = text.bytes().position(|byte| {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_string,
            b'"' => is_string = !is_string,
            b'{' | b'[' if !is_string => depth += 1,
            b'}' | b']' if !is_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > limit
    });
    at.unwrap_or(text.len())
}

/// The value at a pointer through objects, if no key on the way to it is repeated. Keys elsewhere may be.
fn only_at<'t>(text: &'t str, pointer: &str) -> Option<Reader<'t>> {
    let mut value = Reader::new(text);
    for token in pointer.split('/').skip(1) {
        let wanted = token.replace("~1", "/").replace("~0", "~");
        let (mut reader, mut found, mut first) = (value, None, true);
        reader.begin_object().ok()?;
        // To the end of the object, or of what can be read of it.
        while let Ok(Some(key)) = reader.next_key(&mut first) {
            if key == wanted && found.replace(reader.clone()).is_some() {
                return None;
            }
            if reader.skip_unchecked().is_err() {
                break;
            }
        }
        value = found?;
    }
    Some(value)
}

/// The text before the first byte that is not UTF-8.
#[must_use]
pub fn readable(message: &[u8]) -> &str {
    message.utf8_chunks().next().map_or("", |chunk| chunk.valid())
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
