//! Schema evolution: what one schema wrote, as a type of another.

mod default;
mod error;
mod fingerprint;
mod kind;
mod names;
mod plan;
mod planner;
mod text;
mod transcode;

pub(super) use fingerprint::fingerprint;

pub use error::{InvalidSchema, ResolveError, Unresolvable, UnresolvableKind};
pub use text::SchemaText;

use migration_events_runtime::avro::{AvroContract, AvroSchema, Cursor, DatumError};
use plan::Plan;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use transcode::Limits;
pub(super) use transcode::Spent;

/// Reads data of one writer's schema as `T`: resolved once, used for each datum.
///
/// The rules are those of the Avro specification (“Schema Resolution”, “Aliases”):
///
/// | the writer | the reader |
/// |---|---|
/// | `int`, `long`, `float` | or a wider one of `long`, `float`, `double` |
/// | `string`, `bytes` | the one or the other; bytes that are not UTF-8 are an error of the datum |
/// | fields in any order | matched by name, then by the reader's aliases |
/// | a field that the reader does not have | is read and dropped |
/// | no such field | the default of the reader's field; without one the schemas are [`Unresolvable`] |
/// | a name beyond the grammar of the specification, such as `Outer$` | is a name that no reader has |
/// | a record, enum or fixed | of the same name, of one of the reader's aliases, or of the same name in another namespace |
/// | a type, the reader a union | the branch of the same type and full name; otherwise the first one that matches |
/// | a union | each branch for itself; one that has no place in the reader matters only where a datum holds it |
/// | a symbol that the reader does not have | the default of the reader's enum; without one an error of the datum |
///
/// Where the specification would yield a wrong value, this returns an error: between two units of time, or
/// two decimals of different precision or scale ([`UnresolvableKind::LogicalType`]).
///
/// ```
/// use migration_events::avro::{self, Resolution};
/// # use migration_events::avro::{AvroContract, AvroSchema, Cursor, Datum, DatumError};
/// # #[derive(Debug, PartialEq)]
/// # struct Reading { meter: String, value: f64, unit: String }
/// # impl Datum for Reading {
/// #     const NAME: &'static str = "energy.Reading";
/// #     fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
/// #         Ok(Self { meter: cursor.field("meter")?, value: cursor.field("value")?, unit: cursor.field("unit")? })
/// #     }
/// #     fn write(&self, out: &mut Vec<u8>) {
/// #         self.meter.write(out);
/// #         self.value.write(out);
/// #         self.unit.write(out);
/// #     }
/// # }
/// # impl AvroContract for Reading {
/// #     const SCHEMA: &'static AvroSchema = &AvroSchema::__new("energy.Reading",
/// #         r#"{"type": "record", "name": "energy.Reading", "fields": [
/// #            {"name": "meter", "type": "string", "aliases": ["msn"]},
/// #            {"name": "value", "type": "double"},
/// #            {"name": "unit", "type": "string", "default": "kWh"}]}"#,
/// #         "", 0, [0; 16], [0; 32]);
/// # }
///
/// // `Reading` has `meter` (alias `msn`), `value`, a double, and `unit`, which is "kWh" by default.
/// let older = r#"{"type": "record", "name": "energy.Reading", "fields": [
///     {"name": "value", "type": "long"},
///     {"name": "source", "type": ["null", "string"]},
///     {"name": "msn", "type": "string"}]}"#;
/// let resolution = Resolution::<Reading>::new(older)?;
///
/// let datum = b"\x54\x00\x06E-1";
/// let reading = resolution.decode(datum)?;
/// assert_eq!(reading, Reading { meter: "E-1".into(), value: 42.0, unit: "kWh".into() });
/// # Ok::<(), migration_events::avro::ResolveError>(())
/// ```
///
/// A datum is turned into one of the reader's schema in one pass, and that is decoded: no tree of values
/// is built, order and bytes of what both schemas have stay as they are. Where both schemas say the
/// same, the datum is decoded as it is.
pub struct Resolution<T> {
    plan: Arc<Plan>,
    limits: Limits,
    // It makes values, it holds none.
    reader: PhantomData<fn() -> T>,
}

impl<T> Resolution<T> {
    /// Default maximum length of a datum in the reader's schema: 64 MiB. Items of
    /// no bytes could otherwise become as many defaults.
    pub const DEFAULT_LEN: usize = 64 << 20;

    /// Default depth limit, that of [`Cursor::new`].
    pub const DEFAULT_DEPTH: usize = Cursor::DEFAULT_DEPTH;

    fn of(plan: Plan) -> Self {
        let limits = Limits { len: Self::DEFAULT_LEN, depth: Self::DEFAULT_DEPTH };
        Self { plan: Arc::new(plan), limits, reader: PhantomData }
    }

    /// For another type with the schema of the reader.
    pub(super) fn into_reader<U>(self) -> Resolution<U> {
        Resolution { plan: self.plan, limits: self.limits, reader: PhantomData }
    }
}

impl<T: AvroContract> Resolution<T> {
    /// Resolves a writer's schema, as JSON text.
    ///
    /// # Errors
    /// The text is not a schema, or none of its datums can be read as `T`.
    pub fn new(writer: impl Into<SchemaText>) -> Result<Self, ResolveError> {
        Ok(resolve(&writer.into(), T::SCHEMA)?.into_reader())
    }

    /// As [`decode`](Self::decode), with another limit than [`DEFAULT_LEN`](Self::DEFAULT_LEN).
    #[must_use]
    pub fn with_max_len(self, len: usize) -> Self {
        Self { limits: Limits { len, ..self.limits }, ..self }
    }

    /// As [`decode`](Self::decode), with another depth limit than [`DEFAULT_DEPTH`](Self::DEFAULT_DEPTH),
    /// counted as by [`Cursor::with_depth`] in both schemas; at most [`Cursor::MAX_DEPTH`].
    #[must_use]
    pub fn with_max_depth(self, depth: usize) -> Self {
        let depth = depth.min(Cursor::MAX_DEPTH);
        Self { limits: Limits { depth, ..self.limits }, ..self }
    }

    /// Returns whether the schemas are equivalent, so that a datum is decoded as it is. Documentation, defaults,
    /// aliases and the order of definitions do not count.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.plan.is_identity
    }

    /// Reads a whole datum of the writer's schema.
    ///
    /// # Errors
    /// The bytes are not a datum of the writer's schema, more bytes follow, or the datum holds a branch or a
    /// symbol that the reader's schema does not have.
    pub fn decode(&self, datum: &[u8]) -> Result<T, ResolveError> {
        let mut cursor = Cursor::with_depth(datum, self.limits.depth);
        let value = self.read(&mut cursor)?;
        cursor.end().map_err(|error| error.of(self.plan.name.to_string()))?;
        Ok(value)
    }

    /// Reads one datum of the writer's schema and leaves the cursor after its last byte.
    fn read(&self, cursor: &mut Cursor<'_>) -> Result<T, ResolveError> {
        self.read_counted(cursor, &mut Spent::default())
    }

    /// As `read`, and adds what it took, also if it fails.
    pub(super) fn read_counted(
        &self,
        cursor: &mut Cursor<'_>,
        spent: &mut Spent,
    ) -> Result<T, ResolveError> {
        if self.plan.is_identity {
            let before = cursor.empty_items();
            let value = T::read(cursor).map_err(|error| error.of(T::NAME).into());
            spent.empty += u64::from(cursor.empty_items() - before);
            return value;
        }
        let before = cursor.clone();
        let mut resolved = Vec::with_capacity(cursor.remaining().len().min(4096));
        let done = transcode::resolve(&self.plan, cursor, self.limits, &mut resolved, spent);
        spent.resolved += resolved.len();
        done?;
        let mut reader = Cursor::with_depth(&resolved, self.limits.depth);
        let value = T::read(&mut reader).and_then(|value| reader.end().map(|()| value));
        // What is left to go wrong is a limit; it happened somewhere in this datum.
        value.map_err(|error| error.moved(before.position()).of(T::NAME).into())
    }

    /// Steps over one datum of the writer's schema.
    pub(super) fn skip(
        &self,
        cursor: &mut Cursor<'_>,
        spent: &mut Spent,
    ) -> Result<(), DatumError> {
        transcode::skip(&self.plan, cursor, self.limits, spent)
    }
}

impl<T> Clone for Resolution<T> {
    fn clone(&self) -> Self {
        Self { plan: Arc::clone(&self.plan), limits: self.limits, reader: PhantomData }
    }
}

impl<T> fmt::Debug for Resolution<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolution")
            .field("writer", &self.plan.name)
            .field("is_identity", &self.plan.is_identity)
            .finish_non_exhaustive()
    }
}

/// Resolves a writer's schema to that of a type.
pub(super) fn resolve(
    writer: &SchemaText,
    reader: &AvroSchema,
) -> Result<Resolution<()>, ResolveError> {
    let writer = writer.parse()?;
    let reader = text::parse_reader(reader.json)?;
    Ok(Resolution::of(Plan::new(&writer, &reader)?))
}
