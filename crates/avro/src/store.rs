//! Schemas of writers, by what a message names them with.

use super::resolve::{InvalidSchema, SchemaText, fingerprint};
use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt;
use std::ops::Deref;
use std::sync::{PoisonError, RwLock};

/// Key by which a message names its writer's schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SchemaKey {
    /// The id in a registry ([`confluent`](migration_events_runtime::avro::confluent)).
    Id(u32),
    /// CRC-64-AVRO of the canonical form ([`single_object`](migration_events_runtime::avro::single_object)).
    Fingerprint(u64),
}

impl fmt::Display for SchemaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "schema id {id}"),
            Self::Fingerprint(fingerprint) => write!(f, "schema fingerprint {fingerprint:016x}"),
        }
    }
}

/// Where a service looks up the schemas of writers.
///
/// [`MemoryStore`] is one; a service implements it over its own registry client. Clients are asynchronous
/// as a rule, and decoding is not: let the store hold what was fetched. A message whose schema it does not
/// have is [`UnknownSchema`](super::ResolverError::UnknownSchema), which names the id to fetch; once it is
/// in the store, decode again. An id always means the same schema, so that happens once for each.
///
/// ```
/// use migration_events::avro::{MemoryStore, Resolver, ResolverError, SchemaKey};
/// # use migration_events::avro::{AvroContract, AvroSchema, Cursor, Datum, DatumError};
/// # #[derive(Debug, PartialEq)]
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
/// # struct Client;
/// # impl Client {
/// #     async fn fetch(&self, _: u32) -> Result<String, std::io::Error> { Ok(Reading::SCHEMA.json.into()) }
/// # }
/// # fn block_on<T>(future: impl Future<Output = T>) -> T {
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     match std::pin::pin!(future).poll(&mut context) {
/// #         std::task::Poll::Ready(value) => value,
/// #         std::task::Poll::Pending => unreachable!(),
/// #     }
/// # }
///
/// async fn read(
///     resolver: &Resolver<MemoryStore>,
///     client: &Client,
///     message: &[u8],
/// ) -> Result<Reading, Box<dyn std::error::Error>> {
///     match resolver.decode_confluent(message) {
///         Err(ResolverError::UnknownSchema { key: SchemaKey::Id(id) }) => {
///             resolver.store().insert(id, client.fetch(id).await?);
///             Ok(resolver.decode_confluent(message)?)
///         }
///         decoded => Ok(decoded?),
///     }
/// }
///
/// let resolver = Resolver::new(MemoryStore::new());
/// let reading = block_on(read(&resolver, &Client, b"\0\0\0\0\x07\x06E-1"))?;
/// assert_eq!(reading, Reading { meter: "E-1".into() });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait SchemaStore {
    /// Why a schema cannot be looked up.
    type Error;

    /// The schema with this id in the registry; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be looked up.
    fn by_id(&self, id: u32) -> Result<Option<SchemaText>, Self::Error>;

    /// The schema with this CRC-64-AVRO fingerprint; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be looked up.
    fn by_fingerprint(&self, fingerprint: u64) -> Result<Option<SchemaText>, Self::Error>;
}

impl<S: Deref<Target: SchemaStore>> SchemaStore for S {
    type Error = <S::Target as SchemaStore>::Error;

    fn by_id(&self, id: u32) -> Result<Option<SchemaText>, Self::Error> {
        (**self).by_id(id)
    }

    fn by_fingerprint(&self, fingerprint: u64) -> Result<Option<SchemaText>, Self::Error> {
        (**self).by_fingerprint(fingerprint)
    }
}

/// Schemas in memory. Can be filled while others read.
///
/// ```
/// use migration_events::avro::{MemoryStore, SchemaStore};
///
/// let store = MemoryStore::new();
/// store.insert(7, r#""string""#);
/// assert!(store.by_id(7)?.is_some());
/// assert!(store.by_id(8)?.is_none());
///
/// let fingerprint = store.insert_fingerprint(r#"{"type": "string", "doc": "a name"}"#).unwrap();
/// assert_eq!(fingerprint, 0x8f01_4872_6345_03c7);
/// assert!(store.by_fingerprint(fingerprint)?.is_some());
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Debug, Default)]
pub struct MemoryStore {
    schemas: RwLock<HashMap<SchemaKey, SchemaText>>,
}

impl MemoryStore {
    /// Holds no schema.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a schema under its id in a registry. Decoding reports a schema that is broken.
    pub fn insert(&self, id: u32, schema: impl Into<SchemaText>) {
        self.put(SchemaKey::Id(id), schema.into());
    }

    /// Adds a schema under its CRC-64-AVRO fingerprint, which it returns.
    ///
    /// # Errors
    /// The text is not a schema.
    pub fn insert_fingerprint(&self, schema: impl Into<SchemaText>) -> Result<u64, InvalidSchema> {
        let schema = schema.into();
        let fingerprint = fingerprint(&schema)?;
        self.put(SchemaKey::Fingerprint(fingerprint), schema);
        Ok(fingerprint)
    }

    fn put(&self, key: SchemaKey, schema: SchemaText) {
        self.schemas.write().unwrap_or_else(PoisonError::into_inner).insert(key, schema);
    }

    fn get(&self, key: SchemaKey) -> Option<SchemaText> {
        self.schemas.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }
}

impl SchemaStore for MemoryStore {
    type Error = Infallible;

    fn by_id(&self, id: u32) -> Result<Option<SchemaText>, Infallible> {
        Ok(self.get(SchemaKey::Id(id)))
    }

    fn by_fingerprint(&self, fingerprint: u64) -> Result<Option<SchemaText>, Infallible> {
        Ok(self.get(SchemaKey::Fingerprint(fingerprint)))
    }
}
