//! Where this product and apache-avro disagree about bytes, and why.
//!
//! The specification says how data is written, and little about data that is written otherwise. This
//! product refuses what no writer that follows the specification can have written and what could be read
//! in two ways; where it accepts more than one form, both mean the same value.

use crate::Peer;
use apache_avro::AvroResult;
use apache_avro::types::Value;
use migration_events::avro::{DatumError, DatumErrorKind};

/// A reason why one of the two accepts what the other refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An `int` in more than five bytes, or a `long` whose tenth byte has bits beyond 64 (“Binary
    /// Encoding”: int and long hold 32 and 64 bits). apache-avro drops those bits, so that different
    /// bytes mean the same number, or a number that was never written.
    IntegerBeyondItsType,
    /// A block whose size is not that of its items (“Arrays”: the size “permits fast skipping”).
    /// apache-avro ignores the size; a reader that skips would go on elsewhere.
    BlockSize,
    /// A key that a map has twice. The specification does not say which of the values counts;
    /// apache-avro takes the last, others the first.
    RepeatedKey,
    /// The datum ends where a `boolean`, a `string` or a union should begin or is not whole. apache-avro
    /// reads null instead: a datum that was cut looks whole.
    NothingThere,
    /// A `uuid` in another form than the hyphenated one (“UUID”: “The string has to conform with
    /// RFC-4122”). apache-avro reads bare hexadecimal, braces and URNs, too, and forgets which it was.
    UuidForm,
    /// More items without bytes than the limit: a few bytes could claim any number of them.
    /// apache-avro bounds the memory that they take.
    EmptyItems,
    /// Recursion beyond the limit. apache-avro has none and overflows its stack.
    Depth,
    /// apache-avro reads the bytes of a `big-decimal`; here they stay bytes, since the specification
    /// leaves their form to the reference implementation.
    BigDecimalForm,
}

/// Result of apache-avro for some bytes: `None` if it leaves some of them.
pub type Theirs = AvroResult<Option<Value>>;

/// Why the results may differ; `None` if they may not.
///
/// Only for results of which one is an acceptance and the other is not.
#[must_use]
pub fn reason(
    peer: &Peer<'_>,
    datum: &[u8],
    ours: &Result<Vec<u8>, DatumError>,
    theirs: &Theirs,
) -> Option<Reason> {
    match (ours, theirs) {
        (Err(error), Ok(Some(value))) => stricter(peer, datum, error, value),
        (Ok(_), Err(_)) => {
            let has_big_decimals = format!("{:?}", peer.schema()).contains("BigDecimal");
            has_big_decimals.then_some(Reason::BigDecimalForm)
        }
        _ => None,
    }
}

/// Why this product refuses what apache-avro read as `value`.
fn stricter(peer: &Peer<'_>, datum: &[u8], error: &DatumError, value: &Value) -> Option<Reason> {
    match error.kind() {
        DatumErrorKind::Integer { .. } => Some(Reason::IntegerBeyondItsType),
        DatumErrorKind::RepeatedKey => Some(Reason::RepeatedKey),
        DatumErrorKind::Uuid => Some(Reason::UuidForm),
        DatumErrorKind::EmptyItems => Some(Reason::EmptyItems),
        DatumErrorKind::Depth { .. } => Some(Reason::Depth),
        // Lengths of other things are refused by both.
        DatumErrorKind::BlockSize | DatumErrorKind::NegativeLength => Some(Reason::BlockSize),
        DatumErrorKind::UnexpectedEnd => {
            // What was really read is a value of the schema, no longer than the bytes: then it was the
            // size of a block that points beyond them.
            let is_there = peer.encode(value).is_ok_and(|written| written.len() <= datum.len());
            Some(if is_there { Reason::BlockSize } else { Reason::NothingThere })
        }
        _ => None,
    }
}
