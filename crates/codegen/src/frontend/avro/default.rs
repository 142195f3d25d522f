//! Defaults of fields (Avro specification, “Records”, table “field default values”).
//!
//! A default is checked in the form in which the schema writes it, then converted to the JSON encoding.

mod encode;

pub(super) use encode::encode;

use crate::model::{AvroType, DefinitionId, Model, Shape, Slot, Type};
use crate::tree::{Tree, escape};
use std::collections::{HashMap, HashSet};

/// The default of a field.
pub(super) struct FieldDefault<'t> {
    pub(super) record: DefinitionId,
    pub(super) field: &'t str,
    pub(super) pointer: String,
    pub(super) value: &'t Tree,
    pub(super) slot: Slot,
}

/// A part of a default that does not match its type.
pub(super) struct Mismatch {
    pub(super) pointer: String,
    pub(super) message: String,
}

/// Returns the first mismatch of each default.
pub(super) fn check(model: &Model, defaults: &[FieldDefault<'_>]) -> Vec<Mismatch> {
    let optional = defaults.iter().map(|default| (default.record, default.field)).collect();
    let mut checker = Checker { model, optional, unions: HashMap::new() };
    defaults
        .iter()
        .filter_map(|default| {
            let mismatch = checker.value(default.value, &default.slot).err()?;
            Some(Mismatch { pointer: default.pointer.clone() + &mismatch.pointer, ..mismatch })
        })
        .collect()
}

struct Checker<'m, 't> {
    model: &'m Model,
    /// The fields that have a default and may be absent in the default of their record.
    optional: HashSet<(DefinitionId, &'t str)>,
    /// Cached results of matching a value, by its address, against a union. Without the cache, nested
    /// unions would take exponential time.
    unions: HashMap<(*const Tree, DefinitionId), bool>,
}

impl Checker<'_, '_> {
    fn value(&mut self, value: &Tree, slot: &Slot) -> Result<(), Mismatch> {
        if slot.nullable && *value == Tree::Null {
            return Ok(());
        }
        let (is_valid, expected) = match &slot.ty {
            Type::Null | Type::Avro(AvroType::NullUnion) => (*value == Tree::Null, "null"),
            Type::Boolean => (matches!(value, Tree::Bool(_)), "a boolean"),
            Type::Integer32 | Type::Avro(AvroType::Date | AvroType::TimeMillis) => {
                (integer(value).is_some_and(|value| i32::try_from(value).is_ok()), "an int")
            }
            // No type of Avro is unsigned, or of fewer bits.
            Type::Integer
            | Type::Unsigned
            | Type::Narrow(_)
            | Type::Avro(
                AvroType::TimeMicros
                | AvroType::TimestampMillis
                | AvroType::TimestampMicros
                | AvroType::TimestampNanos
                | AvroType::LocalTimestampMillis
                | AvroType::LocalTimestampMicros
                | AvroType::LocalTimestampNanos,
            ) => (integer(value).is_some(), "a long"),
            Type::Float => (float(value).is_some_and(f32::is_finite), "a number that fits a float"),
            Type::Number | Type::AnyNumber | Type::Double => {
                (matches!(value, Tree::Number(_)), "a number")
            }
            // A default that is not a UUID could never be decoded.
            Type::Uuid => (value.text().is_some_and(is_uuid), "a UUID in its hyphenated form"),
            Type::Text | Type::DateTime | Type::Date => (value.text().is_some(), "a string"),
            Type::Avro(AvroType::Bytes | AvroType::Decimal { .. }) => {
                (bytes(value).is_some(), "a string of code points up to U+00FF, one for each byte")
            }
            Type::Avro(AvroType::Fixed(size) | AvroType::FixedDecimal { size, .. }) => {
                return fixed(value, *size);
            }
            Type::Avro(AvroType::Duration) => return fixed(value, 12),
            Type::Avro(AvroType::FixedUuid) => return fixed(value, 16),
            Type::Array(items) => return self.array(value, items),
            Type::Map(values) => return self.map(value, values),
            Type::Definition(definition) => return self.definition(value, *definition),
            // Avro has neither tuples nor types of other crates.
            Type::Any | Type::Tuple(_) | Type::External(_) => (true, "any value"),
            Type::Object => (value.members().is_some(), "an object"),
        };
        if is_valid { Ok(()) } else { mismatch(value, expected) }
    }

    fn array(&mut self, value: &Tree, slot: &Slot) -> Result<(), Mismatch> {
        let Some(items) = value.items() else { return mismatch(value, "an array") };
        for (index, item) in items.iter().enumerate() {
            self.value(item, slot).map_err(|mismatch| within(mismatch, &index.to_string()))?;
        }
        Ok(())
    }

    fn map(&mut self, value: &Tree, slot: &Slot) -> Result<(), Mismatch> {
        let Some(members) = value.members() else { return mismatch(value, "an object") };
        for (key, value) in members {
            self.value(value, slot).map_err(|mismatch| within(mismatch, key))?;
        }
        Ok(())
    }

    fn definition(&mut self, value: &Tree, id: DefinitionId) -> Result<(), Mismatch> {
        let model = self.model;
        match &model[id].shape {
            Shape::Record(record) => {
                let Some(members) = value.members() else { return mismatch(value, "an object") };
                let members: HashMap<_, _> =
                    members.iter().map(|(key, value)| (key.as_str(), value)).collect();
                for field in &record.fields {
                    let name = field.name.as_str();
                    match members.get(name) {
                        Some(value) => self
                            .value(value, &field.slot)
                            .map_err(|mismatch| within(mismatch, name))?,
                        None if self.optional.contains(&(id, name)) => {}
                        None => {
                            let message = format!("the default lacks the field `{name}`");
                            return Err(Mismatch { pointer: String::new(), message });
                        }
                    }
                }
                Ok(())
            }
            Shape::Enum(symbols) => {
                let is_symbol =
                    value.text().is_some_and(|text| symbols.values.iter().any(|v| v == text));
                if is_symbol { Ok(()) } else { mismatch(value, "one of the symbols") }
            }
            Shape::Union(union) => {
                let key = (std::ptr::from_ref(value), id);
                let fits = self.unions.get(&key).copied().unwrap_or_else(|| {
                    let mut branches = union.branches.iter();
                    let fits = branches.any(|branch| self.value(value, &branch.slot).is_ok());
                    self.unions.insert(key, fits);
                    fits
                });
                if fits { Ok(()) } else { mismatch(value, "a value of any branch of the union") }
            }
            // Avro has no other shapes.
            _ => {
                if value.text().is_some() {
                    Ok(())
                } else {
                    mismatch(value, "a string")
                }
            }
        }
    }
}

fn fixed(value: &Tree, size: usize) -> Result<(), Mismatch> {
    if bytes(value) == Some(size) {
        return Ok(());
    }
    mismatch(value, &format!("a string of {size} code points up to U+00FF, one for each byte"))
}

fn integer(value: &Tree) -> Option<i64> {
    match value {
        Tree::Number(number) => number.value().as_i64(),
        _ => None,
    }
}

fn float(value: &Tree) -> Option<f32> {
    match value {
        Tree::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// Returns whether a text is a UUID in the form of RFC 9562, section 4.
fn is_uuid(text: &str) -> bool {
    let mut groups = text.split('-');
    let lengths = [8, 4, 4, 4, 12];
    lengths.into_iter().all(|length| {
        let group = groups.next().unwrap_or_default();
        group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
    }) && groups.next().is_none()
}

/// Returns the number of bytes that a string represents, or `None` for other values.
fn bytes(value: &Tree) -> Option<usize> {
    let text = value.text()?;
    text.chars().all(|character| u8::try_from(character).is_ok()).then(|| text.chars().count())
}

fn mismatch(value: &Tree, expected: &str) -> Result<(), Mismatch> {
    let message = format!("the default must be {expected}, found {}", value.describe());
    Err(Mismatch { pointer: String::new(), message })
}

/// Prefixes the pointer of a mismatch with the member or item `token`.
fn within(mismatch: Mismatch, token: &str) -> Mismatch {
    Mismatch { pointer: format!("/{}{}", escape(token), mismatch.pointer), ..mismatch }
}
