//! Comparison of two versions of an Avro schema, or of the types of a protocol.

mod changes;
mod protocols;
mod resolution;
mod roots;
mod schema;

use super::change::Change;
use super::version::Version;
use crate::error::Error;
use roots::Roots;

pub(super) use resolution::between;
pub(super) use roots::Root;

/// Compares two versions.
pub(super) fn compare(old: &Version<'_>, new: &Version<'_>) -> Result<Vec<Change>, Error> {
    let of_old = Roots::of(old).map_err(|problems| old.located(problems))?;
    let of_new = Roots::of(new).map_err(|problems| new.located(problems))?;
    if let ([of_old], [of_new]) = (of_old.0.as_slice(), of_new.0.as_slice()) {
        return Ok(between(of_old, of_new));
    }
    Ok(protocols::types(&of_old, &of_new))
}
