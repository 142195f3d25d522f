//! Messages of any writer whose schema a store has.

use super::resolve::{Resolution, ResolveError, SchemaText, resolve};
use super::store::{SchemaKey, SchemaStore};
use migration_events_runtime::avro::{
    AvroContract, AvroSchema, Cursor, Framing, confluent, single_object,
};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// Decodes framed messages, whatever schema they were written with, and remembers how.
///
/// One resolver serves all types and threads of a service. What it remembers is bounded by the schemas
/// that the store has, not by what messages claim.
///
/// ```
/// use migration_events::avro::{MemoryStore, Resolver, ResolverError};
/// # use migration_events::avro::{AvroContract, AvroSchema, Cursor, Datum, DatumError};
/// # #[derive(Debug, PartialEq)]
/// # struct Reading { meter: String, value: f64 }
/// # impl Datum for Reading {
/// #     const NAME: &'static str = "energy.Reading";
/// #     fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
/// #         Ok(Self { meter: cursor.field("meter")?, value: cursor.field("value")? })
/// #     }
/// #     fn write(&self, out: &mut Vec<u8>) {
/// #         self.meter.write(out);
/// #         self.value.write(out);
/// #     }
/// # }
/// # impl AvroContract for Reading {
/// #     const SCHEMA: &'static AvroSchema = &AvroSchema::__new("energy.Reading",
/// #         r#"{"type": "record", "name": "energy.Reading", "fields": [
/// #            {"name": "meter", "type": "string"}, {"name": "value", "type": "double"}]}"#,
/// #         "", 0, [0; 16], [0; 32]);
/// # }
///
/// let store = MemoryStore::new();
/// // `Reading` has a `meter` and a `value`, a double.
/// store.insert(7, r#"{"type": "record", "name": "energy.Reading", "fields": [
///     {"name": "value", "type": "int"},
///     {"name": "meter", "type": "string"}]}"#);
/// store.insert(8, r#"{"type": "record", "name": "energy.Reading", "fields": []}"#);
/// let resolver = Resolver::new(store);
///
/// let reading: Reading = resolver.decode_confluent(b"\0\0\0\0\x07\x54\x06E-1")?;
/// assert_eq!(reading, Reading { meter: "E-1".into(), value: 42.0 });
///
/// let error = resolver.decode_confluent::<Reading>(b"\0\0\0\0\x08").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "schema id 8: not resolvable to the schema of the reader: \
///      /meter: no such field in the schema of the writer, and no default",
/// );
/// let error = resolver.decode_confluent::<Reading>(b"\0\0\0\0\x09").unwrap_err();
/// assert!(matches!(error, ResolverError::UnknownSchema { .. }));
/// # Ok::<(), ResolverError<std::convert::Infallible>>(())
/// ```
pub struct Resolver<S> {
    store: S,
    max_depth: usize,
    resolved: RwLock<HashMap<(SchemaKey, u64), Vec<Resolved>>>,
    names: RwLock<HashMap<SchemaKey, Option<Arc<str>>>>,
}

/// A writer's schema for one reader. Two readers may have the same fingerprint, since defaults and
/// aliases do not count in it.
type Resolved = (&'static AvroSchema, Result<Resolution<()>, ResolveError>);

/// A framed message cannot be decoded. `E` is the error of the [`SchemaStore`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResolverError<E> {
    /// The message is not framed as it should be.
    #[error("no header that names a schema")]
    NotFramed,
    /// The store does not have the schema.
    #[error("{key}: unknown")]
    UnknownSchema {
        /// The key in the message.
        key: SchemaKey,
    },
    /// The store cannot look up the schema.
    #[error("{key}: cannot be looked up")]
    Store {
        /// The key in the message.
        key: SchemaKey,
        /// Why.
        #[source]
        error: E,
    },
    /// The schema cannot be resolved to the reader's, or the datum is none of it.
    #[error("{key}: {error}")]
    Resolve {
        /// The key in the message.
        key: SchemaKey,
        /// Why.
        error: ResolveError,
    },
}

impl<E> ResolverError<E> {
    /// The same error, with another error of the store.
    pub fn map_store<F>(self, convert: impl FnOnce(E) -> F) -> ResolverError<F> {
        match self {
            Self::NotFramed => ResolverError::NotFramed,
            Self::UnknownSchema { key } => ResolverError::UnknownSchema { key },
            Self::Store { key, error } => ResolverError::Store { key, error: convert(error) },
            Self::Resolve { key, error } => ResolverError::Resolve { key, error },
        }
    }
}

impl<S: SchemaStore> Resolver<S> {
    /// Looks up schemas in the store.
    #[must_use]
    pub fn new(store: S) -> Self {
        Self {
            store,
            max_depth: Cursor::DEFAULT_DEPTH,
            resolved: RwLock::default(),
            names: RwLock::default(),
        }
    }

    /// Sets the depth limit of a datum, as [`Resolution::with_max_depth`] does.
    #[must_use]
    pub fn with_max_depth(self, depth: usize) -> Self {
        Self { max_depth: depth, ..self }
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Decodes a message in the wire format of a schema registry.
    ///
    /// # Errors
    /// The message has no such header, its schema is not known or cannot be resolved to that of `T`, or
    /// the datum is none of it.
    pub fn decode_confluent<T: AvroContract>(
        &self,
        message: &[u8],
    ) -> Result<T, ResolverError<S::Error>> {
        let (id, datum) = confluent::split(message).map_err(|_| ResolverError::NotFramed)?;
        self.decode(SchemaKey::Id(id), datum)
    }

    /// Decodes a message in the single-object encoding. The store is only asked for schemas of another
    /// fingerprint than that of `T`.
    ///
    /// # Errors
    /// As [`decode_confluent`](Self::decode_confluent).
    pub fn decode_single_object<T: AvroContract>(
        &self,
        message: &[u8],
    ) -> Result<T, ResolverError<S::Error>> {
        let (fingerprint, datum) =
            single_object::split(message).map_err(|_| ResolverError::NotFramed)?;
        let key = SchemaKey::Fingerprint(fingerprint);
        if fingerprint == T::SCHEMA.rabin {
            let mut cursor = Cursor::with_depth(datum, self.max_depth);
            let value = T::read(&mut cursor).and_then(|value| cursor.end().map(|()| value));
            return value.map_err(|error| {
                let error = error.of(T::NAME).into();
                ResolverError::Resolve { key, error }
            });
        }
        self.decode(key, datum)
    }

    /// Decodes a message in either of the two framings.
    ///
    /// # Errors
    /// As [`decode_confluent`](Self::decode_confluent).
    pub fn decode_framed<T: AvroContract>(
        &self,
        message: &[u8],
    ) -> Result<T, ResolverError<S::Error>> {
        match Framing::split(message).ok_or(ResolverError::NotFramed)? {
            (Framing::Confluent { id }, datum) => self.decode(SchemaKey::Id(id), datum),
            (Framing::SingleObject { .. }, _) => self.decode_single_object(message),
            _ => Err(ResolverError::NotFramed),
        }
    }

    /// Decodes a datum whose writer's schema is named elsewhere, such as in a header of the message.
    ///
    /// # Errors
    /// As [`decode_confluent`](Self::decode_confluent).
    pub fn decode<T: AvroContract>(
        &self,
        key: SchemaKey,
        datum: &[u8],
    ) -> Result<T, ResolverError<S::Error>> {
        let decoded = self.resolution::<T>(key)?.decode(datum);
        decoded.map_err(|error| ResolverError::Resolve { key, error })
    }

    /// Returns the resolution that reads the data of a writer as `T`.
    ///
    /// # Errors
    /// The schema is not known, or cannot be resolved to that of `T`.
    pub fn resolution<T: AvroContract>(
        &self,
        key: SchemaKey,
    ) -> Result<Resolution<T>, ResolverError<S::Error>> {
        let resolved = match self.remembered(key, T::SCHEMA) {
            Some(resolved) => resolved,
            None => {
                let resolved = resolve(&self.look_up(key)?, T::SCHEMA);
                let mut all = self.resolved.write().unwrap_or_else(PoisonError::into_inner);
                let same_key = all.entry((key, T::SCHEMA.rabin)).or_default();
                if !same_key.iter().any(|(reader, _)| is_same(reader, T::SCHEMA)) {
                    same_key.push((T::SCHEMA, resolved.clone()));
                }
                resolved
            }
        };
        match resolved {
            Ok(resolution) => Ok(resolution.into_reader().with_max_depth(self.max_depth)),
            Err(error) => Err(ResolverError::Resolve { key, error }),
        }
    }

    /// The full name of the type that the schema of a writer defines; `None` if it defines none with a name, such as
    /// a union. By this name a message shows which event it is.
    ///
    /// # Errors
    /// The schema is not known, or is not JSON.
    pub fn name(&self, key: SchemaKey) -> Result<Option<Arc<str>>, ResolverError<S::Error>> {
        let names = self.names.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = names.get(&key) {
            return Ok(known.clone());
        }
        drop(names);
        let name = self.look_up(key)?.name();
        let name = name.map_err(|error| ResolverError::Resolve { key, error: error.into() })?;
        let name = name.map(Arc::from);
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        names.insert(key, name.clone());
        Ok(name)
    }

    fn remembered(
        &self,
        key: SchemaKey,
        reader: &'static AvroSchema,
    ) -> Option<Result<Resolution<()>, ResolveError>> {
        let all = self.resolved.read().unwrap_or_else(PoisonError::into_inner);
        let mut same_key = all.get(&(key, reader.rabin))?.iter();
        same_key.find(|(other, _)| is_same(other, reader)).map(|(_, resolved)| resolved.clone())
    }

    fn look_up(&self, key: SchemaKey) -> Result<SchemaText, ResolverError<S::Error>> {
        let schema = match key {
            SchemaKey::Id(id) => self.store.by_id(id),
            SchemaKey::Fingerprint(fingerprint) => self.store.by_fingerprint(fingerprint),
        };
        let schema = schema.map_err(|error| ResolverError::Store { key, error })?;
        schema.ok_or(ResolverError::UnknownSchema { key })
    }
}

fn is_same(one: &'static AvroSchema, other: &'static AvroSchema) -> bool {
    std::ptr::eq(one, other) || one.json == other.json
}

impl<S: fmt::Debug> fmt::Debug for Resolver<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver").field("store", &self.store).finish_non_exhaustive()
    }
}
