//! [`schema_registry_converter`] as the registry client of a service that reads Avro of other writers.
//!
//! Two ways, for two kinds of services:
//!
//! * [`Registry`] is a [`SchemaStore`] that asks the registry when a schema is needed. It blocks.
//! * [`fetch`] is for asynchronous services: decode, and when the schema is not known yet, fetch it, put it
//!   into a [`MemoryStore`], decode again ([`decode`]).
//!
//! Either way the registry is asked once for each id.
//!
//! [`MemoryStore`]: migration_events::avro::MemoryStore

use migration_events::avro::{
    AvroContract, MemoryStore, Resolver, ResolverError, SchemaKey, SchemaStore, SchemaText,
};
use schema_registry_converter::async_impl::schema_registry as asynchronous;
use schema_registry_converter::blocking::schema_registry as blocking;
use schema_registry_converter::error::SRCError;
use schema_registry_converter::schema_registry_common::{
    RawError, RegisteredReference, RegisteredSchema, SchemaType,
};
use std::collections::VecDeque;
use std::error::Error;

/// A registry that is asked for each schema that is not known yet.
///
/// ```no_run
/// use migration_events::avro::Resolver;
/// use migration_events_registry::Registry;
/// use schema_registry_converter::blocking::schema_registry::SrSettings;
///
/// let resolver = Resolver::new(Registry::new(SrSettings::new("http://localhost:8081".into())));
/// // let event: boost::AccountMigrationEvent = resolver.decode_confluent(message)?;
/// ```
#[derive(Debug, Clone)]
pub struct Registry {
    settings: blocking::SrSettings,
}

impl Registry {
    /// Asks the registry with these settings.
    #[must_use]
    pub fn new(settings: blocking::SrSettings) -> Self {
        Self { settings }
    }
}

impl SchemaStore for Registry {
    type Error = SRCError;

    fn by_id(&self, id: u32) -> Result<Option<SchemaText>, SRCError> {
        let found = blocking::get_schema_by_id_and_type(id, &self.settings, SchemaType::Avro);
        let Some(schema) = found.map(Some).or_else(unknown)? else { return Ok(None) };
        let mut closure = Closure::new(schema);
        while let Some(reference) = closure.next() {
            closure.add(blocking::get_referenced_schema(&self.settings, &reference)?);
        }
        Ok(Some(closure.into_text()))
    }

    /// A registry of this kind knows schemas by id only.
    fn by_fingerprint(&self, _: u64) -> Result<Option<SchemaText>, SRCError> {
        Ok(None)
    }
}

/// Fetches the schema with an id, and those that it refers to.
///
/// # Errors
/// The registry cannot be asked, or has no such schema.
pub async fn fetch(settings: &asynchronous::SrSettings, id: u32) -> Result<SchemaText, SRCError> {
    let schema = asynchronous::get_schema_by_id_and_type(id, settings, SchemaType::Avro).await?;
    let mut closure = Closure::new(schema);
    while let Some(reference) = closure.next() {
        closure.add(asynchronous::get_referenced_schema(settings, &reference).await?);
    }
    Ok(closure.into_text())
}

/// Decodes a message, after fetching its schema where that is not known yet.
///
/// # Errors
/// The schema cannot be fetched, or the message cannot be decoded with it.
pub async fn decode<T: AvroContract>(
    resolver: &Resolver<MemoryStore>,
    settings: &asynchronous::SrSettings,
    message: &[u8],
) -> Result<T, Box<dyn Error + Send + Sync>> {
    match resolver.decode_confluent(message) {
        Err(ResolverError::UnknownSchema { key: SchemaKey::Id(id) }) => {
            resolver.store().insert(id, fetch(settings, id).await?);
            Ok(resolver.decode_confluent(message)?)
        }
        decoded => Ok(decoded?),
    }
}

/// A schema and all that it refers to, however indirectly.
struct Closure {
    text: String,
    references: Vec<String>,
    seen: Vec<(String, u32)>,
    waiting: VecDeque<RegisteredReference>,
}

impl Closure {
    fn new(schema: RegisteredSchema) -> Self {
        Self {
            text: schema.schema,
            references: Vec::new(),
            seen: Vec::new(),
            waiting: schema.references.into(),
        }
    }

    /// The next one to fetch.
    fn next(&mut self) -> Option<RegisteredReference> {
        loop {
            let reference = self.waiting.pop_front()?;
            let key = (reference.subject.clone(), reference.version);
            if !self.seen.contains(&key) {
                self.seen.push(key);
                return Some(reference);
            }
        }
    }

    fn add(&mut self, schema: RegisteredSchema) {
        self.references.push(schema.schema);
        self.waiting.extend(schema.references);
    }

    fn into_text(self) -> SchemaText {
        SchemaText::from(self.text).with_references(self.references)
    }
}

/// Returns `None` if the registry has no such schema, which is an answer, not a failure.
fn unknown(error: SRCError) -> Result<Option<RegisteredSchema>, SRCError> {
    const SCHEMA_NOT_FOUND: u32 = 40_403;
    let answer = error.source().and_then(|source| source.downcast_ref::<RawError>());
    if answer.is_some_and(|answer| answer.error_code == SCHEMA_NOT_FOUND) {
        Ok(None)
    } else {
        Err(error)
    }
}
