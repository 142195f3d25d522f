//! Logical types (Avro specification, “Logical Types”).
//!
//! A logical type that is unknown, invalid or on the wrong underlying type is ignored in favour of the
//! underlying type, as the specification demands.

use super::primitive::Primitive;
use crate::model::{AvroType, Type};
use crate::tree::Tree;

/// Returns the logical type of a primitive.
pub(super) fn of_primitive(primitive: Primitive, schema: &Tree) -> Option<Type> {
    let ty = match (primitive, name(schema)?) {
        (Primitive::String, "uuid") => return Some(Type::Uuid),
        (Primitive::Bytes, "decimal") => {
            let (scale, precision) = decimal(schema, None)?;
            AvroType::Decimal { scale, precision }
        }
        (Primitive::Int, "date") => AvroType::Date,
        (Primitive::Int, "time-millis") => AvroType::TimeMillis,
        (Primitive::Long, "time-micros") => AvroType::TimeMicros,
        (Primitive::Long, "timestamp-millis") => AvroType::TimestampMillis,
        (Primitive::Long, "timestamp-micros") => AvroType::TimestampMicros,
        (Primitive::Long, "timestamp-nanos") => AvroType::TimestampNanos,
        (Primitive::Long, "local-timestamp-millis") => AvroType::LocalTimestampMillis,
        (Primitive::Long, "local-timestamp-micros") => AvroType::LocalTimestampMicros,
        (Primitive::Long, "local-timestamp-nanos") => AvroType::LocalTimestampNanos,
        _ => return None,
    };
    Some(Type::Avro(ty))
}

/// Returns the logical type of a `fixed`.
pub(super) fn of_fixed(size: usize, schema: &Tree) -> Option<AvroType> {
    match name(schema)? {
        "duration" if size == 12 => Some(AvroType::Duration),
        "decimal" => {
            let (scale, precision) = decimal(schema, Some(max_precision(size)))?;
            Some(AvroType::FixedDecimal { size, scale, precision })
        }
        // The JSON encoding writes it as bytes, not in the hyphenated form.
        "uuid" if size == 16 => Some(AvroType::FixedUuid),
        _ => None,
    }
}

fn name(schema: &Tree) -> Option<&str> {
    schema.get("logicalType")?.text()
}

/// Returns scale and precision of a `decimal` if its attributes are valid.
fn decimal(schema: &Tree, max_precision: Option<u64>) -> Option<(u32, u32)> {
    let precision = schema.get("precision")?.count()?;
    let scale = schema.get("scale").map_or(Some(0), Tree::count)?;
    let is_valid = precision > 0
        && scale <= precision
        && max_precision.is_none_or(|max_precision| precision <= max_precision);
    let scale = u32::try_from(scale).ok().filter(|_| is_valid)?;
    Some((scale, u32::try_from(precision).unwrap_or(u32::MAX)))
}

/// Returns the largest number of decimal digits that N bytes can always represent:
/// ⌊log₁₀(2⁸ⁿ⁻¹ − 1)⌋. The “− 1” can be omitted, since no power of two above 1 is a power of ten.
fn max_precision(size: usize) -> u64 {
    /// log₁₀ 2 in units of 10⁻¹⁸, rounded down.
    const LOG10_2: u128 = 301_029_995_663_981_195;
    let bits = (size as u128).saturating_mul(8).saturating_sub(1);
    u64::try_from(bits.saturating_mul(LOG10_2) / 10_u128.pow(18)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::max_precision;

    #[test]
    fn fixed_size_limits_decimal_precision() {
        assert_eq!(max_precision(0), 0);
        for size in 1..16_u32 {
            let largest = (1_u128 << (8 * size - 1)) - 1;
            assert_eq!(max_precision(size as usize), u64::from(largest.ilog10()), "{size}");
        }
        assert_eq!(max_precision(16), u64::from(i128::MAX.ilog10()));
        assert!(max_precision(usize::MAX) > 1 << 60);
    }
}
