//! Errors of reading with one schema what was written with another.

use migration_events_runtime::__private::internal::Shown;
use migration_events_runtime::avro::DatumError;
use std::fmt;

/// Text that is not an Avro schema.
///
/// Shows names of the schema, and the place where its JSON is broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an Avro schema: {reason}")]
pub struct InvalidSchema {
    reason: Box<str>,
}

impl InvalidSchema {
    pub(super) fn new(reason: impl Into<Box<str>>) -> Self {
        // Names of the schema are those of its author.
        Self { reason: Shown::line(&reason.into()).to_string().into() }
    }

    /// apache-avro prints names and attributes of the schema, never a datum: it has none yet.
    pub(super) fn from_parser(error: apache_avro::Error) -> Self {
        Self::new(error.to_string())
    }
}

/// A part of the writer's schema that cannot be resolved to the reader's, and its place.
///
/// It shows names of types and fields, never a value.
///
/// ```
/// use migration_events::avro::{Resolution, ResolveError};
/// # use migration_events::avro::{AvroContract, AvroSchema, Cursor, Datum, DatumError};
/// # #[derive(Debug)]
/// # struct Reading { meter: String }
/// # impl Datum for Reading {
/// #     const NAME: &'static str = "energy.Reading";
/// #     fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
/// #         Ok(Self { meter: cursor.field("meter")? })
/// #     }
/// #     fn write(&self, out: &mut Vec<u8>) { self.meter.write(out) }
/// # }
/// # impl AvroContract for Reading {
/// #     const SCHEMA: &'static AvroSchema = &AvroSchema::__new("energy.Reading",
/// #         r#"{"type": "record", "name": "energy.Reading", "fields": [{"name": "meter", "type": "string"}]}"#,
/// #         "", 0, [0; 16], [0; 32]);
/// # }
///
/// // `Reading` has a field `meter`, a string.
/// let writer = r#"{"type": "record", "name": "energy.Reading", "fields": [{"name": "meter", "type": "long"}]}"#;
/// let Err(ResolveError::Unresolvable(unresolvable)) = Resolution::<Reading>::new(writer) else {
///     panic!("a long is not a string");
/// };
/// assert_eq!(unresolvable.pointer(), "/meter");
/// assert_eq!(unresolvable.to_string(), "/meter: written as long, read as string");
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub struct Unresolvable(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: UnresolvableKind,
    pointer: String,
    offset: Option<usize>,
}

/// Reason why two schemas cannot be resolved (Avro specification, “Schema Resolution”).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnresolvableKind {
    /// The types do not match, and the writer's is not promoted to the reader's.
    #[error("written as {}, read as {}", Shown::line(written), Shown::line(read))]
    Type {
        /// The type in the writer's schema.
        written: Box<str>,
        /// The type in the reader's schema.
        read: Box<str>,
    },
    /// The types match, but not their meaning: another unit of time, another scale. The specification would
    /// take the bare number, which would be a wrong value.
    #[error(
        "written as {}, read as {}, which would be another value",
        Shown::line(written),
        Shown::line(read)
    )]
    LogicalType {
        /// The type in the writer's schema.
        written: Box<str>,
        /// The type in the reader's schema.
        read: Box<str>,
    },
    /// A `fixed` of another size.
    #[error("written as fixed of {written} bytes, read as one of {read}")]
    Size {
        /// The size in the writer's schema.
        written: usize,
        /// The size in the reader's schema.
        read: usize,
    },
    /// The writer's record has no such field, and the reader's field has no default.
    #[error("no such field in the schema of the writer, and no default")]
    MissingField,
    /// The reader's union has no branch for the writer's type.
    #[error("no branch of the reader's union for {}", Shown::line(written))]
    Branch {
        /// The type in the writer's schema.
        written: Box<str>,
    },
    /// The datum holds a symbol that the reader's enum does not have, and the enum has no default.
    #[error("a symbol that the reader's enum does not have, and no default")]
    Symbol,
    /// The default of the reader's field is not a value of its type.
    #[error("the default is not a value of its type")]
    Default,
    /// The schemas nest too deeply.
    #[error("nested too deeply")]
    Depth,
}

impl Unresolvable {
    #[cold]
    pub(super) fn new(kind: UnresolvableKind) -> Self {
        Self(Box::new(Inner { kind, pointer: String::new(), offset: None }))
    }

    /// Adds the step that leads to the place.
    #[cold]
    pub(super) fn within(mut self, step: &str) -> Self {
        self.0.pointer.insert_str(0, step);
        self.0.pointer.insert(0, '/');
        self
    }

    /// Places it in a datum.
    #[cold]
    pub(super) fn at(&self, error: &DatumError) -> Self {
        Self(Box::new(Inner {
            kind: self.0.kind.clone(),
            pointer: error.pointer() + &self.0.pointer,
            offset: Some(error.offset()),
        }))
    }

    /// Returns the reason.
    #[must_use]
    pub fn kind(&self) -> &UnresolvableKind {
        &self.0.kind
    }

    /// The place, as a JSON pointer (RFC 6901) into the Avro JSON encoding: fields by name, branches of
    /// unions by full name. Items of arrays and maps are numbered where a datum is known, otherwise
    /// `*`.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// The byte, from the beginning of the datum, at which the value begins. `None` where no datum of
    /// the writer can be read.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }
}

impl fmt::Display for Unresolvable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, pointer, offset } = &*self.0;
        if let Some(offset) = offset {
            write!(f, "at byte {offset}: ")?;
        }
        write!(f, "{}: {kind}", Shown::pointer(pointer))
    }
}

impl fmt::Debug for Unresolvable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unresolvable")
            .field("kind", &self.0.kind)
            .field("pointer", &self.0.pointer)
            .field("offset", &self.0.offset)
            .finish()
    }
}

/// Error of reading data that were written with another schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// The writer's schema is not a schema.
    #[error(transparent)]
    Schema(#[from] InvalidSchema),
    /// The writer's schema, or the part of it that this datum uses, cannot be resolved to the reader's.
    #[error("not resolvable to the schema of the reader: {0}")]
    Unresolvable(Unresolvable),
    /// The bytes are not a datum of the writer's schema.
    #[error(transparent)]
    Datum(#[from] DatumError),
}

impl From<Unresolvable> for ResolveError {
    fn from(unresolvable: Unresolvable) -> Self {
        Self::Unresolvable(unresolvable)
    }
}
