//! The formats that contracts assert.

use super::schema::Format;
use crate::{Timestamp, Uuid, values};

/// Whether a string is of a format.
pub(crate) fn is(format: Format, text: &str) -> bool {
    match format {
        Format::DateTime => Timestamp::parse(text).is_ok(),
        Format::Date => values::date::parse(text).is_some(),
        Format::Uuid => Uuid::parse(text).is_ok(),
        Format::AvroBytes => text.chars().all(|character| u8::try_from(character).is_ok()),
        Format::AvroFixed(size) => is(Format::AvroBytes, text) && text.chars().count() == size,
        Format::AvroFloat => matches!(text, "NaN" | "Infinity" | "-Infinity"),
    }
}
