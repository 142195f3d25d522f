//! Decodes a message on both sides and compares the results.

use crate::{Difference, Pair};
use migration_events::validate::ViolationKind;
use migration_events::validate::schema::Format;
use migration_events::{Rejection, Timestamp, Uuid, json};
use migration_events_differential::json::{Json, parse};
use std::collections::BTreeSet;

/// The known differences that a message shows.
///
/// # Errors
/// A difference that is not known, in words.
pub fn compare(pair: &Pair, message: &[u8]) -> Result<BTreeSet<Difference>, String> {
    let mut found = BTreeSet::new();
    match ((pair.contract.patched.explain)(message), (pair.theirs)(message)) {
        (Ok(ours), Ok(theirs)) => {
            values(pair, &parse(&ours.text), &parse(&theirs), "", &mut found)?;
        }
        (Ok(_), Err(error)) => drop(found.insert(refused(&error)?)),
        (Err(rejection), Ok(_)) => accepted(message, &rejection, &mut found)?,
        (Err(_), Err(_)) => {}
    }
    Ok(found)
}

/// The difference that explains why typify's type rejects a message that we accept.
fn refused(error: &str) -> Result<Difference, String> {
    let is_integer = error.starts_with("invalid type: floating point") && error.contains(" expected i64")
        // Text or an integer.
        || error.contains("untagged enum RootEntityNumberOfCycles")
        || error.contains("untagged enum RootEntityFirstCyclesToDiscount");
    if is_integer {
        Ok(Difference::IntegerNotation)
    } else if error.starts_with("number out of range") {
        Ok(Difference::NumberBeyondFloat)
    } else {
        Err(format!("typify's type refuses it: {error}"))
    }
}

/// The differences that explain our violations in a message that typify's type accepts.
fn accepted(
    message: &[u8],
    rejection: &Rejection,
    found: &mut BTreeSet<Difference>,
) -> Result<(), String> {
    let is_null = |kind: &ViolationKind| {
        matches!(kind, ViolationKind::Type { found: json::JsonType::Null, .. })
    };
    for violation in rejection.violations() {
        found.insert(match violation.kind() {
            ViolationKind::DuplicateKey { .. } => Difference::DuplicateKey,
            ViolationKind::Depth { .. } => Difference::TooDeep,
            ViolationKind::Format { format: Format::DateTime } => Difference::LaxTimestamp,
            ViolationKind::Format { format: Format::Date } => Difference::LaxDate,
            ViolationKind::Format { format: Format::Uuid } => Difference::LaxUuid,
            ViolationKind::Syntax { .. } if str::from_utf8(message).is_err() => {
                Difference::InvalidUtf8
            }
            ViolationKind::Precision => Difference::TooManyDigits,
            kind if is_null(kind) => Difference::NullForAbsent,
            // A `null` is not one of the values either.
            ViolationKind::Enum { .. }
                if rejection.violations().iter().any(|it| {
                    it.instance_pointer() == violation.instance_pointer() && is_null(it.kind())
                }) =>
            {
                Difference::NullForAbsent
            }
            _ => return Err(format!("typify's type accepts what has a violation: {violation}")),
        });
    }
    Ok(())
}

/// Compares the written values, place by place; the order of members is not part of a JSON value.
fn values(
    pair: &Pair,
    ours: &Json,
    theirs: &Json,
    place: &str,
    found: &mut BTreeSet<Difference>,
) -> Result<(), String> {
    match (ours, theirs) {
        _ if ours == theirs => {}
        (Json::Object(ours), Json::Object(theirs)) => {
            for (key, our) in ours {
                let place = format!("{place}/{key}");
                let known = pair.declared.contains(&place);
                match theirs.iter().find(|(name, _)| name == key) {
                    Some((_, their)) => values(pair, our, their, &place, found)?,
                    None if !known => drop(found.insert(Difference::UnknownDropped)),
                    None if *our == Json::Null => drop(found.insert(Difference::NullDropped)),
                    None if is_empty(our) => drop(found.insert(Difference::EmptyDropped)),
                    None => return Err(format!("{place} is lost")),
                }
            }
            for (key, their) in theirs {
                if !ours.iter().any(|(name, _)| name == key) {
                    return Err(format!("{place}/{key} is made up: {their:?}"));
                }
            }
        }
        (Json::Array(ours), Json::Array(theirs)) if ours.len() == theirs.len() => {
            for (our, their) in ours.iter().zip(theirs) {
                values(pair, our, their, &format!("{place}/*"), found)?;
            }
        }
        (Json::Number(our), Json::Number(their))
            if our.parse::<f64>().is_ok_and(|our| their.parse() == Ok(our)) =>
        {
            found.insert(Difference::NumberAsFloat);
        }
        (Json::String(our), Json::String(their))
            if Uuid::parse(our).is_ok_and(|our| Uuid::parse(their) == Ok(our)) =>
        {
            found.insert(Difference::UuidReprinted);
        }
        (Json::String(our), Json::String(their))
            if Timestamp::parse(our).is_ok_and(|our| Timestamp::parse(their) == Ok(our)) =>
        {
            found.insert(Difference::TimestampReprinted);
        }
        (Json::String(our), Json::String(their))
            if Timestamp::parse(our).is_ok()
                && (their.starts_with("+10000-01-01T") || their.starts_with("-0001-12-31T")) =>
        {
            found.insert(Difference::TimestampBeyondYears);
        }
        _ => return Err(format!("{place}: {ours:?} against {theirs:?}")),
    }
    Ok(())
}

fn is_empty(tree: &Json) -> bool {
    match tree {
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        _ => false,
    }
}
