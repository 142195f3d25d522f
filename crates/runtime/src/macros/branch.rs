//! The choice among the branches of a union that differ only in their rules.

use crate::json::{Encode, JsonType, Reader, Stop};
use crate::validate;
use crate::validate::schema::Schema;

/// The schema of a branch of a union, and what decodes the branch.
type Branch<T> = (&'static Schema, fn(&mut Reader<'_>) -> Result<T, Stop>);

/// Decodes the first branch that fits. Of several that fit a number, it is the first one that writes the number as it
/// came: `1.0` is a number rather than an integer, which would be written as `1`.
pub fn branch<T: Encode>(reader: &mut Reader<'_>, branches: &[Branch<T>]) -> Result<T, Stop> {
    let start = reader.clone();
    let mut fitting = branches.iter().filter(|(rule, _)| validate::accepts(&start, rule));
    let (_, decode) = fitting.next().ok_or(Stop::Mismatch)?;
    let first = decode(reader)?;
    // Only of a scalar: trying all branches on every level of a value would take time exponential in its depth.
    if start.clone().peek() != Ok(JsonType::Number) {
        return Ok(first);
    }
    let came = start.clone().number()?;
    let mut text = String::new();
    let mut writes = |value: &T| {
        text.clear();
        value.encode(&mut text);
        text == came
    };
    if writes(&first) {
        return Ok(first);
    }
    let mut others = fitting.filter_map(|(_, decode)| decode(&mut start.clone()).ok());
    Ok(others.find(|value| writes(value)).unwrap_or(first))
}
