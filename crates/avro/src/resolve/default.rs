//! Defaults of the reader's fields as datums (Avro specification, “Complex Types”, “Records”).

use super::error::{Unresolvable, UnresolvableKind};
use super::kind::{Encoding, Scope, encoding};
use super::text;
use apache_avro::Schema;
use apache_avro::schema::RecordField;
use migration_events_runtime::__private::internal::{write_bytes, write_long};
use migration_events_runtime::avro::write_index;
use serde_json::Value;

/// Levels of defaults that fill in fields of records inside of defaults.
const MAX_DEPTH: usize = 64;

/// The datum of a field that the writer does not have.
pub(super) fn of<'s>(field: &'s RecordField, scope: &Scope<'s>) -> Result<Vec<u8>, Unresolvable> {
    let Some(default) = text::default_of(field) else {
        return Err(Unresolvable::new(UnresolvableKind::MissingField));
    };
    let mut datum = Vec::new();
    match write(default, &field.schema, scope, MAX_DEPTH, &mut datum) {
        Some(()) => Ok(datum),
        None => Err(Unresolvable::new(UnresolvableKind::Default)),
    }
}

/// Appends the default as a datum; `None` if it is not a value of its type.
fn write<'s>(
    default: &Value,
    schema: &'s Schema,
    scope: &Scope<'s>,
    depth: usize,
    out: &mut Vec<u8>,
) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match encoding(scope.follow(schema)) {
        Encoding::Null => default.as_null()?,
        Encoding::Boolean => out.push(default.as_bool()?.into()),
        Encoding::Int => write_long(i32::try_from(default.as_i64()?).ok()?.into(), out),
        Encoding::Long => write_long(default.as_i64()?, out),
        Encoding::Float => out.extend((double(default)? as f32).to_le_bytes()),
        Encoding::Double => out.extend(double(default)?.to_le_bytes()),
        Encoding::Bytes => write_bytes(&bytes(default)?, out),
        Encoding::String => write_bytes(default.as_str()?.as_bytes(), out),
        Encoding::Fixed(fixed) => {
            let bytes = bytes(default)?;
            (bytes.len() == fixed.size).then(|| out.extend(bytes))?;
        }
        Encoding::Enum(schema) => {
            let symbol = default.as_str()?;
            write_index(schema.symbols.iter().position(|other| other == symbol)?, out);
        }
        Encoding::Array(array) => {
            let items = default.as_array()?;
            block(items.len(), out);
            for item in items {
                write(item, &array.items, scope, depth, out)?;
            }
            out.push(0);
        }
        Encoding::Map(map) => {
            let entries = default.as_object()?;
            block(entries.len(), out);
            for (key, value) in entries {
                write_bytes(key.as_bytes(), out);
                write(value, &map.types, scope, depth, out)?;
            }
            out.push(0);
        }
        // Of the first branch; since 1.12 of the first one that it fits.
        Encoding::Union(union) => {
            let before = out.len();
            let fits = union.variants().iter().enumerate().any(|(index, branch)| {
                out.truncate(before);
                write_index(index, out);
                write(default, branch, scope, depth, out).is_some()
            });
            fits.then_some(())?;
        }
        Encoding::Record(record) => {
            let fields = default.as_object()?;
            for field in &record.fields {
                let default = fields.get(&field.name).or_else(|| text::default_of(field))?;
                write(default, &field.schema, scope, depth, out)?;
            }
        }
        Encoding::Unknown => return None,
    }
    Some(())
}

fn block(len: usize, out: &mut Vec<u8>) {
    if len > 0 {
        write_long(len as i64, out);
    }
}

fn double(default: &Value) -> Option<f64> {
    match default {
        Value::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "INF" | "Infinity" => Some(f64::INFINITY),
            "-INF" | "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        number => number.as_f64(),
    }
}

/// One character a byte, U+0000 to U+00FF.
fn bytes(default: &Value) -> Option<Vec<u8>> {
    default.as_str()?.chars().map(|character| u8::try_from(character).ok()).collect()
}
