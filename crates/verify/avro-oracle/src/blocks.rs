//! The binary encoding with arrays and maps in blocks that say their size, which writers of long ones
//! make (Avro specification, “Arrays”) and apache-avro does not.

use crate::peer::resolve;
use apache_avro::schema::{NamesRef, Schema};
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use migration_events_support::Dice;

/// A datum in blocks of random lengths, some with their size.
///
/// # Panics
/// The value is not one of the schema.
#[must_use]
pub fn encode(
    value: &Value,
    schema: &Schema,
    names: &NamesRef<'_>,
    dice: &mut Dice<'_>,
) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, resolve(schema, names), names, dice, &mut out);
    out
}

fn write(
    value: &Value,
    schema: &Schema,
    names: &NamesRef<'_>,
    dice: &mut Dice<'_>,
    out: &mut Vec<u8>,
) {
    let part = |value: &Value, schema: &Schema, dice: &mut Dice| encode(value, schema, names, dice);
    match (value, schema) {
        (Value::Union(index, value), Schema::Union(union)) => {
            out.extend(leaf(&Value::Long((*index).into()), &Schema::Long));
            out.extend(part(value, &union.variants()[*index as usize], dice));
        }
        (Value::Record(fields), Schema::Record(record)) => {
            for ((_, value), field) in fields.iter().zip(&record.fields) {
                out.extend(part(value, &field.schema, dice));
            }
        }
        (Value::Array(items), Schema::Array(array)) => {
            let items: Vec<_> = items.iter().map(|item| part(item, &array.items, dice)).collect();
            blocks(&items, dice, out);
        }
        (Value::Map(entries), Schema::Map(map)) => {
            let mut items = Vec::new();
            for (key, value) in entries {
                let mut item = leaf(&Value::String(key.clone()), &Schema::String);
                item.extend(part(value, &map.types, dice));
                items.push(item);
            }
            blocks(&items, dice, out);
        }
        (value, schema) => out.extend(leaf(value, schema)),
    }
}

fn blocks(mut items: &[Vec<u8>], dice: &mut Dice<'_>, out: &mut Vec<u8>) {
    while !items.is_empty() {
        let (block, rest) = items.split_at(1 + dice.below(items.len()));
        items = rest;
        let (count, bytes) = (block.len() as i64, block.concat());
        if dice.once_in(2) {
            out.extend(leaf(&Value::Long(count), &Schema::Long));
        } else {
            out.extend(leaf(&Value::Long(-count), &Schema::Long));
            out.extend(leaf(&Value::Long(bytes.len() as i64), &Schema::Long));
        }
        out.extend(bytes);
    }
    out.push(0);
}

/// The datum of a value that holds no other.
pub(crate) fn leaf(value: &Value, schema: &Schema) -> Vec<u8> {
    let writer = GenericDatumWriter::builder(schema).build().expect("a writer");
    let mut out = Vec::new();
    writer.write_value_ref(&mut out, value).expect("a value of the schema");
    out
}
