//! Random values of a schema, extremes favoured.

use crate::peer::resolve;
use apache_avro::schema::{DecimalSchema, InnerDecimalSchema, NamesRef, Schema, UuidSchema};
use apache_avro::types::Value;
use apache_avro::{Days, Decimal, Duration, Millis, Months, Uuid};
use migration_events_support::Dice;
use std::collections::HashMap;

/// Number of values in one datum after which optional content is kept as short as possible.
const BUDGET: usize = 300;

/// Levels at which recursion ends.
const MAX_DEPTH: usize = 24;

/// Where the number of bytes of a variable-length integer changes, and the ends of the types.
const INTEGERS: [i64; 14] = [
    0,
    -1,
    1,
    63,
    -64,
    64,
    -65,
    8_191,
    8_192,
    -8_193,
    i32::MAX as i64,
    i32::MIN as i64,
    i64::MAX,
    i64::MIN,
];

const DOUBLES: [f64; 12] = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    0.1,
    1e300,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN_POSITIVE,
    5e-324,
];

const FLOATS: [f32; 11] = [
    0.0,
    -0.0,
    1.0,
    0.1,
    1e38,
    f32::NAN,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::MAX,
    f32::MIN_POSITIVE,
    1e-45,
];

const TEXTS: [&str; 10] = [
    "",
    "a",
    "größe",
    "電気🦀",
    "\u{0}",
    "\"quoted\" \\ /",
    "line\nbreak\ttab\r",
    "\u{7f}\u{80}\u{ff}\u{100}",
    "{\"string\":null}",
    "\u{2028}\u{feff}\u{10ffff}",
];

/// Makes values of a schema.
///
/// The same seed makes the same values, up to the order of the entries of a map.
pub struct Values<'s> {
    schema: &'s Schema,
    names: NamesRef<'s>,
    dice: Dice<'static>,
    budget: usize,
}

impl<'s> Values<'s> {
    /// Begins a sequence.
    #[must_use]
    pub fn new(schema: &'s Schema, names: &NamesRef<'s>, seed: u64) -> Self {
        Self { schema, names: names.clone(), dice: Dice::seeded(seed), budget: 0 }
    }

    /// The next value.
    pub fn value(&mut self) -> Value {
        // Small ones often: they show single choices.
        self.budget = *self.dice.pick(&[0, 10, 50, BUDGET]);
        self.of(self.schema, 0)
    }

    fn of(&mut self, schema: &'s Schema, depth: usize) -> Value {
        self.budget = self.budget.saturating_sub(1);
        match resolve(schema, &self.names) {
            Schema::Null => Value::Null,
            Schema::Boolean => Value::Boolean(self.dice.once_in(2)),
            Schema::Int => Value::Int(self.int()),
            Schema::Date => Value::Date(self.int()),
            Schema::TimeMillis => Value::TimeMillis(self.int()),
            Schema::Long => Value::Long(self.long()),
            Schema::TimeMicros => Value::TimeMicros(self.long()),
            Schema::TimestampMillis => Value::TimestampMillis(self.long()),
            Schema::TimestampMicros => Value::TimestampMicros(self.long()),
            Schema::TimestampNanos => Value::TimestampNanos(self.long()),
            Schema::LocalTimestampMillis => Value::LocalTimestampMillis(self.long()),
            Schema::LocalTimestampMicros => Value::LocalTimestampMicros(self.long()),
            Schema::LocalTimestampNanos => Value::LocalTimestampNanos(self.long()),
            Schema::Float => Value::Float(self.float()),
            Schema::Double => Value::Double(self.double()),
            Schema::String => Value::String(self.text()),
            Schema::Bytes => {
                let len = self.len();
                Value::Bytes(self.dice.bytes(len))
            }
            Schema::Fixed(fixed) => Value::Fixed(fixed.size, self.dice.bytes(fixed.size)),
            Schema::Decimal(decimal) => self.decimal(decimal),
            Schema::BigDecimal => self.big_decimal(),
            Schema::Uuid(UuidSchema::Bytes | UuidSchema::String | UuidSchema::Fixed(_)) => {
                Value::Uuid(Uuid::from_u64_pair(self.dice.bits(), self.dice.bits()))
            }
            Schema::Duration(_) => self.duration(),
            Schema::Enum(schema) => {
                let index = self.dice.below(schema.symbols.len());
                Value::Enum(index as u32, schema.symbols[index].clone())
            }
            Schema::Array(array) => {
                let items = self.count(depth);
                Value::Array((0..items).map(|_| self.of(&array.items, depth + 1)).collect())
            }
            Schema::Map(map) => {
                let entries = self.count(depth);
                let entry = |_| (self.text(), self.of(&map.types, depth + 1));
                Value::Map((0..entries).map(entry).collect::<HashMap<_, _>>())
            }
            Schema::Union(union) => {
                let index = self.branch(union.variants(), depth);
                let value = self.of(&union.variants()[index], depth + 1);
                Value::Union(index as u32, Box::new(value))
            }
            Schema::Record(record) => {
                let field = |field: &'s apache_avro::schema::RecordField| {
                    (field.name.clone(), self.of(&field.schema, depth + 1))
                };
                Value::Record(record.fields.iter().map(field).collect())
            }
            Schema::Ref { .. } => unreachable!("a reference means a definition"),
        }
    }

    fn is_short(&self, depth: usize) -> bool {
        self.budget == 0 || depth >= MAX_DEPTH
    }

    /// Draws the number of items or entries.
    fn count(&mut self, depth: usize) -> usize {
        if self.is_short(depth) {
            return 0;
        }
        // More than 63 items make the count of a block two bytes long.
        if self.dice.once_in(30) { 64 + self.dice.below(10) } else { self.dice.below(5) }
    }

    fn branch(&mut self, branches: &'s [Schema], depth: usize) -> usize {
        if !self.is_short(depth) {
            return self.dice.below(branches.len());
        }
        let heights = branches.iter().map(|branch| self.height(branch, 8));
        let heights: Vec<_> = heights.collect();
        let least = heights.iter().min().copied().unwrap_or_default();
        heights.iter().position(|height| *height == least).unwrap_or_default()
    }

    /// The fewest levels of a value; `limit` where there are more.
    fn height(&self, schema: &'s Schema, limit: usize) -> usize {
        if limit == 0 {
            return 0;
        }
        1 + match resolve(schema, &self.names) {
            Schema::Record(record) => {
                let fields = record.fields.iter();
                fields.map(|field| self.height(&field.schema, limit - 1)).max().unwrap_or(0)
            }
            Schema::Union(union) => {
                let branches = union.variants().iter();
                branches.map(|branch| self.height(branch, limit - 1)).min().unwrap_or(0)
            }
            _ => 0,
        }
    }

    fn long(&mut self) -> i64 {
        if self.dice.once_in(2) {
            return *self.dice.pick(&INTEGERS);
        }
        // Every length is as likely as every other.
        (self.dice.bits() as i64) >> self.dice.below(64)
    }

    fn int(&mut self) -> i32 {
        let value = self.long();
        i32::try_from(value).unwrap_or((value >> 32) as i32)
    }

    fn double(&mut self) -> f64 {
        if self.dice.once_in(2) {
            return *self.dice.pick(&DOUBLES);
        }
        let value = f64::from_bits(self.dice.bits());
        // The JSON encoding has one NaN.
        if value.is_nan() { f64::NAN } else { value }
    }

    fn float(&mut self) -> f32 {
        if self.dice.once_in(2) {
            return *self.dice.pick(&FLOATS);
        }
        let value = f32::from_bits(self.dice.bits() as u32);
        if value.is_nan() { f32::NAN } else { value }
    }

    fn len(&mut self) -> usize {
        match self.dice.below(1_000) {
            // Lengths of two bytes and of three.
            0..25 => 64 + self.dice.below(64),
            25 => 8_192 + self.dice.below(3),
            _ => self.dice.below(9),
        }
    }

    fn text(&mut self) -> String {
        if self.dice.once_in(2) {
            return (*self.dice.pick(&TEXTS)).to_owned();
        }
        let len = self.len();
        (0..len).map(|_| self.character()).collect()
    }

    fn character(&mut self) -> char {
        let end = *self.dice.pick(&[0x20, 0x80, 0x100, 0x800, 0x1_0000, 0x11_0000]);
        char::from_u32(self.dice.below(end) as u32).unwrap_or('\u{fffd}')
    }

    /// Any bytes of the right size: the precision binds writers of numbers, not readers of bytes.
    fn decimal(&mut self, schema: &DecimalSchema) -> Value {
        let len = match &schema.inner {
            InnerDecimalSchema::Fixed(fixed) => fixed.size,
            // apache-avro reads no bytes as 0, which it cannot write again.
            InnerDecimalSchema::Bytes => 1 + self.dice.below(20),
        };
        let mut bytes = self.dice.bytes(len);
        if self.dice.once_in(3) {
            // More bytes than the number needs.
            let sign = *self.dice.pick(&[0x00, 0xff]);
            let redundant = self.dice.below(len + 1);
            bytes[..redundant].fill(sign);
        }
        Value::Decimal(Decimal::from(bytes))
    }

    /// Its form is apache-avro's own: the bytes of the number, and the scale.
    fn big_decimal(&mut self) -> Value {
        let number = i16::from_be_bytes([self.dice.bits() as u8, self.dice.bits() as u8]);
        let scale = self.dice.below(20) as i64;
        let text = format!("{number}e{}", -scale);
        Value::BigDecimal(text.parse().expect("a number"))
    }

    fn duration(&mut self) -> Value {
        let mut part = || *self.dice.pick(&[0, 1, u32::MAX, 0x0102_0304]);
        let (months, days, millis) = (part(), part(), part());
        let duration = Duration::new(Months::new(months), Days::new(days), Millis::new(millis));
        Value::Duration(duration)
    }
}
