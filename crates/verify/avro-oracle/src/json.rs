//! The JSON encoding (Avro specification, “JSON Encoding”) of apache-avro's values, which apache-avro
//! itself does not write.

use crate::blocks::leaf;
use crate::peer::resolve;
use apache_avro::schema::{NamesRef, Schema, UuidSchema};
use apache_avro::types::Value;
use std::fmt::{Display, Write};

/// The text of a value of a schema.
///
/// # Panics
/// The value is not one of the schema.
#[must_use]
pub fn encode(value: &Value, schema: &Schema, names: &NamesRef<'_>) -> String {
    let mut out = String::new();
    write(value, schema, names, &mut out);
    out
}

fn write(value: &Value, schema: &Schema, names: &NamesRef<'_>, out: &mut String) {
    let schema = resolve(schema, names);
    match (value, schema) {
        (Value::Null, _) => out.push_str("null"),
        (Value::Boolean(value), _) => out.push_str(if *value { "true" } else { "false" }),
        (Value::Int(value) | Value::Date(value) | Value::TimeMillis(value), _) => show(value, out),
        (
            Value::Long(value)
            | Value::TimeMicros(value)
            | Value::TimestampMillis(value)
            | Value::TimestampMicros(value)
            | Value::TimestampNanos(value)
            | Value::LocalTimestampMillis(value)
            | Value::LocalTimestampMicros(value)
            | Value::LocalTimestampNanos(value),
            _,
        ) => show(value, out),
        (Value::Float(value), _) => floating(f64::from(*value), &format!("{value:?}"), out),
        (Value::Double(value), _) => floating(*value, &format!("{value:?}"), out),
        (Value::String(text) | Value::Enum(_, text), _) => string(text, out),
        (Value::Bytes(bytes) | Value::Fixed(_, bytes), _) => byte_string(bytes, out),
        (Value::Decimal(decimal), _) => {
            byte_string(&<Vec<u8>>::try_from(decimal).expect("a decimal has bytes"), out);
        }
        (Value::Uuid(uuid), Schema::Uuid(UuidSchema::String)) => string(&uuid.to_string(), out),
        (Value::Uuid(uuid), _) => byte_string(uuid.as_bytes(), out),
        (Value::Duration(duration), _) => byte_string(&<[u8; 12]>::from(*duration), out),
        (Value::BigDecimal(_), _) => {
            // One byte of length: `Values` makes small ones.
            byte_string(&leaf(value, schema)[1..], out);
        }
        (Value::Union(index, value), Schema::Union(union)) => {
            let branch = &union.variants()[*index as usize];
            if matches!(**value, Value::Null) {
                return out.push_str("null");
            }
            out.push('{');
            string(&label(resolve(branch, names)), out);
            out.push(':');
            write(value, branch, names, out);
            out.push('}');
        }
        (Value::Array(items), Schema::Array(array)) => {
            list('[', items, ']', out, |item, out| write(item, &array.items, names, out));
        }
        (Value::Map(entries), Schema::Map(map)) => {
            list('{', entries, '}', out, |(key, value), out| {
                string(key, out);
                out.push(':');
                write(value, &map.types, names, out);
            });
        }
        (Value::Record(fields), Schema::Record(record)) => {
            list(
                '{',
                fields.iter().zip(&record.fields),
                '}',
                out,
                |((name, value), field), out| {
                    string(name, out);
                    out.push(':');
                    write(value, &field.schema, names, out);
                },
            );
        }
        _ => panic!("the value is none of {schema:?}"),
    }
}

fn list<T>(
    open: char,
    items: impl IntoIterator<Item = T>,
    close: char,
    out: &mut String,
    mut item: impl FnMut(T, &mut String),
) {
    out.push(open);
    for (index, one) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        item(one, out);
    }
    out.push(close);
}

/// Returns the name of a union's branch: the full name of a named type, the type's name of others.
fn label(schema: &Schema) -> String {
    let name = match schema {
        Schema::Null => "null",
        Schema::Boolean => "boolean",
        Schema::Int | Schema::Date | Schema::TimeMillis => "int",
        Schema::Long
        | Schema::TimeMicros
        | Schema::TimestampMillis
        | Schema::TimestampMicros
        | Schema::TimestampNanos
        | Schema::LocalTimestampMillis
        | Schema::LocalTimestampMicros
        | Schema::LocalTimestampNanos => "long",
        Schema::Float => "float",
        Schema::Double => "double",
        Schema::Uuid(UuidSchema::String) | Schema::String => "string",
        Schema::Array(_) => "array",
        Schema::Map(_) => "map",
        named => match named.name() {
            Some(name) => return name.fullname(None),
            // The remaining types have no name of their own and are encoded as bytes.
            None => "bytes",
        },
    };
    name.to_owned()
}

/// JSON has no number for three of them; Java's implementation writes these strings.
fn floating(value: f64, text: &str, out: &mut String) {
    if value.is_finite() {
        out.push_str(text);
    } else if value.is_nan() {
        out.push_str("\"NaN\"");
    } else {
        out.push_str(if value > 0.0 { "\"Infinity\"" } else { "\"-Infinity\"" });
    }
}

/// One character for each byte.
fn byte_string(bytes: &[u8], out: &mut String) {
    string(&bytes.iter().copied().map(char::from).collect::<String>(), out);
}

fn string(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).expect("a string is JSON"));
}

fn show(value: &impl Display, out: &mut String) {
    write!(out, "{value}").expect("a string takes all");
}
