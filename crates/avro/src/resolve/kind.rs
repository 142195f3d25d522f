//! Types as the resolution sees them: encoding, logical type, distance to another type.

use super::error::{Unresolvable, UnresolvableKind};
use apache_avro::Schema;
use apache_avro::schema::{
    ArraySchema, EnumSchema, FixedSchema, InnerDecimalSchema, MapSchema, Name, RecordSchema,
    UnionSchema, UuidSchema,
};
use std::collections::HashMap;

/// A schema and the named types inside of it.
pub(super) struct Scope<'s> {
    definitions: HashMap<&'s Name, &'s Schema>,
}

impl<'s> Scope<'s> {
    pub(super) fn new(root: &'s Schema) -> Self {
        let mut scope = Self { definitions: HashMap::new() };
        scope.define(root);
        scope
    }

    /// As deep as the text is, whose depth was limited.
    fn define(&mut self, schema: &'s Schema) {
        if let Some(name) = schema.name()
            && !matches!(schema, Schema::Ref { .. })
        {
            self.definitions.insert(name, schema);
        }
        match schema {
            Schema::Array(array) => self.define(&array.items),
            Schema::Map(map) => self.define(&map.types),
            Schema::Union(union) => union.variants().iter().for_each(|branch| self.define(branch)),
            Schema::Record(record) => {
                record.fields.iter().for_each(|field| self.define(&field.schema));
            }
            _ => {}
        }
    }

    /// The definition where the schema is only a name.
    pub(super) fn follow(&self, schema: &'s Schema) -> &'s Schema {
        match schema {
            Schema::Ref { name } => self.definitions.get(name).copied().unwrap_or(schema),
            schema => schema,
        }
    }
}

/// Encoding of a type.
#[derive(Clone, Copy)]
pub(super) enum Encoding<'s> {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed(&'s FixedSchema),
    Enum(&'s EnumSchema),
    Array(&'s ArraySchema),
    Map(&'s MapSchema),
    Union(&'s UnionSchema),
    Record(&'s RecordSchema),
    /// A name that nothing defines; the parser lets none through.
    Unknown,
}

pub(super) fn encoding(schema: &Schema) -> Encoding<'_> {
    match schema {
        Schema::Null => Encoding::Null,
        Schema::Boolean => Encoding::Boolean,
        Schema::Int | Schema::Date | Schema::TimeMillis => Encoding::Int,
        Schema::Long
        | Schema::TimeMicros
        | Schema::TimestampMillis
        | Schema::TimestampMicros
        | Schema::TimestampNanos
        | Schema::LocalTimestampMillis
        | Schema::LocalTimestampMicros
        | Schema::LocalTimestampNanos => Encoding::Long,
        Schema::Float => Encoding::Float,
        Schema::Double => Encoding::Double,
        Schema::Bytes | Schema::BigDecimal | Schema::Uuid(UuidSchema::Bytes) => Encoding::Bytes,
        Schema::Decimal(decimal) => match &decimal.inner {
            InnerDecimalSchema::Bytes => Encoding::Bytes,
            InnerDecimalSchema::Fixed(fixed) => Encoding::Fixed(fixed),
        },
        Schema::String | Schema::Uuid(UuidSchema::String) => Encoding::String,
        Schema::Fixed(fixed) | Schema::Uuid(UuidSchema::Fixed(fixed)) | Schema::Duration(fixed) => {
            Encoding::Fixed(fixed)
        }
        Schema::Enum(schema) => Encoding::Enum(schema),
        Schema::Array(schema) => Encoding::Array(schema),
        Schema::Map(schema) => Encoding::Map(schema),
        Schema::Union(schema) => Encoding::Union(schema),
        Schema::Record(schema) => Encoding::Record(schema),
        Schema::Ref { .. } => Encoding::Unknown,
    }
}

/// Logical meaning of the bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Logical {
    Bare,
    Date,
    TimeMillis,
    TimeMicros,
    TimestampMillis,
    TimestampMicros,
    TimestampNanos,
    LocalTimestampMillis,
    LocalTimestampMicros,
    LocalTimestampNanos,
    Decimal { precision: usize, scale: usize },
    BigDecimal,
    Uuid,
    Duration,
}

fn logical(schema: &Schema) -> Logical {
    match schema {
        Schema::Date => Logical::Date,
        Schema::TimeMillis => Logical::TimeMillis,
        Schema::TimeMicros => Logical::TimeMicros,
        Schema::TimestampMillis => Logical::TimestampMillis,
        Schema::TimestampMicros => Logical::TimestampMicros,
        Schema::TimestampNanos => Logical::TimestampNanos,
        Schema::LocalTimestampMillis => Logical::LocalTimestampMillis,
        Schema::LocalTimestampMicros => Logical::LocalTimestampMicros,
        Schema::LocalTimestampNanos => Logical::LocalTimestampNanos,
        Schema::Decimal(decimal) => {
            Logical::Decimal { precision: decimal.precision, scale: decimal.scale }
        }
        Schema::BigDecimal => Logical::BigDecimal,
        Schema::Uuid(_) => Logical::Uuid,
        Schema::Duration(_) => Logical::Duration,
        _ => Logical::Bare,
    }
}

/// Returns whether a value of the one logical type is the same value in the other.
///
/// A logical type that only one of them has says more about the same value. Of two decimals the
/// specification asks for the same precision and scale; of units of time it says nothing.
pub(super) fn means_the_same(written: &Schema, read: &Schema) -> bool {
    let (written_as, read_as) = (logical(written), logical(read));
    written_as == read_as || written_as == Logical::Bare || read_as == Logical::Bare
}

/// Returns whether a string becomes bytes, or bytes a string, without being a number in between.
pub(super) fn is_text_or_bytes(schema: &Schema) -> bool {
    matches!(logical(schema), Logical::Bare | Logical::Uuid)
}

/// Distance between the types; lower is better, `None` means that they do not match. Types inside are not
/// compared: they are resolved once a branch is chosen.
///
/// The specification takes the first branch that matches. A branch of the same type and full name is
/// preferred here, as in Java: otherwise a datum of `b.Event` would be read as `a.Event` where the union
/// has both, and an `int` as the `float` before it.
pub(super) fn distance(written: &Schema, read: &Schema) -> Option<u8> {
    use Encoding::{
        Array, Boolean, Bytes, Double, Enum, Fixed, Float, Int, Long, Map, Null, Record, String,
    };
    const SAME: u8 = 0;
    const SAME_ENCODING: u8 = 1;
    const SAME_SHORT_NAME: u8 = 2;
    const PROMOTED: u8 = 3;
    let same = match (encoding(written), encoding(read)) {
        (Null, Null)
        | (Boolean, Boolean)
        | (Int, Int)
        | (Long, Long)
        | (Float, Float)
        | (Double, Double)
        | (Bytes, Bytes)
        | (String, String)
        | (Array(_), Array(_))
        | (Map(_), Map(_)) => true,
        (Fixed(_), Fixed(_)) | (Enum(_), Enum(_)) | (Record(_), Record(_)) => {
            return match (written.name()?, read.name()?) {
                (written, read) if written == read => Some(SAME),
                (written, _) if has_alias(read, written) => Some(SAME),
                (written, read) if written.name() == read.name() => Some(SAME_SHORT_NAME),
                _ => None,
            };
        }
        (Int, Long | Float | Double)
        | (Long, Float | Double)
        | (Float, Double)
        | (String, Bytes)
        | (Bytes, String) => false,
        _ => return None,
    };
    match same {
        true if logical(written) == logical(read) => Some(SAME),
        true => Some(SAME_ENCODING),
        false => Some(PROMOTED),
    }
}

fn has_alias(schema: &Schema, name: &Name) -> bool {
    schema.aliases().is_some_and(|aliases| {
        aliases.iter().any(|alias| alias.fullname(None) == name.fullname(None))
    })
}

/// The name of a type in errors: its full name, or its encoding and its logical type.
pub(super) fn describe(schema: &Schema) -> Box<str> {
    let name = branch_name(schema);
    match logical_name(schema) {
        Some(logical) => format!("{name} ({logical})").into(),
        None => name,
    }
}

/// The key of a union's branch in the JSON encoding.
pub(super) fn branch_name(schema: &Schema) -> Box<str> {
    if let Some(name) = schema.name() {
        return name.fullname(None).into();
    }
    match encoding(schema) {
        Encoding::Null => "null",
        Encoding::Boolean => "boolean",
        Encoding::Int => "int",
        Encoding::Long => "long",
        Encoding::Float => "float",
        Encoding::Double => "double",
        Encoding::Bytes => "bytes",
        Encoding::String => "string",
        Encoding::Fixed(_) => "fixed",
        Encoding::Enum(_) => "enum",
        Encoding::Array(_) => "array",
        Encoding::Map(_) => "map",
        Encoding::Union(_) => "union",
        Encoding::Record(_) => "record",
        Encoding::Unknown => "unknown",
    }
    .into()
}

fn logical_name(schema: &Schema) -> Option<String> {
    let name = match logical(schema) {
        Logical::Bare => return None,
        Logical::Date => "date",
        Logical::TimeMillis => "time-millis",
        Logical::TimeMicros => "time-micros",
        Logical::TimestampMillis => "timestamp-millis",
        Logical::TimestampMicros => "timestamp-micros",
        Logical::TimestampNanos => "timestamp-nanos",
        Logical::LocalTimestampMillis => "local-timestamp-millis",
        Logical::LocalTimestampMicros => "local-timestamp-micros",
        Logical::LocalTimestampNanos => "local-timestamp-nanos",
        Logical::Decimal { precision, scale } => {
            return Some(format!("decimal, precision {precision}, scale {scale}"));
        }
        Logical::BigDecimal => "big-decimal",
        Logical::Uuid => "uuid",
        Logical::Duration => "duration",
    };
    Some(name.to_owned())
}

/// The error for two types that do not match.
#[cold]
pub(super) fn mismatch(written: &Schema, read: &Schema) -> Unresolvable {
    Unresolvable::new(UnresolvableKind::Type { written: describe(written), read: describe(read) })
}
