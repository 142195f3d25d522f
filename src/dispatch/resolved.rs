//! Avro messages of other writers' schemas: recognised by the name of their type, and resolved.

use super::any_event::AnyEvent;
use super::dispatcher::{Dispatcher, MessageRejection};
use super::store_error::StoreError;
use crate::avro::{AvroContract, Framing, Resolver, ResolverError, SchemaKey, SchemaStore};
use std::error::Error;
use std::sync::Arc;

impl<E: From<AnyEvent>> Dispatcher<E> {
    /// Takes Avro messages of the built-in families whose schema is another version than the published one: a
    /// resolver looks it up by the id or fingerprint in the message.
    ///
    /// The name of the type that the schema defines tells which event it is; a message of another type is
    /// [`UnknownDatum`](super::UnknownDatum). A schema that the store does not have is an error with its key: fetch
    /// it, and decode again.
    ///
    /// ```
    /// # #[cfg(feature = "boost")] {
    /// use migration_events::avro::{AvroContract, MemoryStore, Resolver, SchemaKey, confluent};
    /// use migration_events::dispatch::{Dispatcher, MessageRejection};
    /// use migration_events::{AnyEvent, boost};
    /// use std::sync::Arc;
    ///
    /// let resolver = Arc::new(Resolver::new(MemoryStore::new()));
    /// let dispatcher = Dispatcher::<AnyEvent>::new().with_resolver(&resolver);
    ///
    /// # let text = include_bytes!("../../schemas/boost/samples/kafka_dump.json");
    /// # let event = boost::Dump::from_json(text)?.messages().next().unwrap().event?;
    /// let message = confluent::encode(7, &event);
    /// let Err(MessageRejection::Resolver(error)) = dispatcher.from_bytes(&message) else { panic!() };
    /// assert_eq!(error.to_string(), "schema id 7: unknown");
    ///
    /// resolver.store().insert(7, boost::AccountMigrationEvent::SCHEMA.json);
    /// assert_eq!(dispatcher.from_bytes(&message)?, AnyEvent::AccountMigration(event.into()));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_resolver<S>(self, resolver: &Arc<Resolver<S>>) -> Self
    where
        S: SchemaStore<Error: Error + Send + Sync> + Send + Sync + 'static,
    {
        register_all(self, resolver)
    }

    /// Takes Avro messages whose schema defines a type with the full name of `T`, and resolves them to `T`.
    ///
    /// The routes of [`register_schema_id`](Self::register_schema_id) and
    /// [`register_avro`](Self::register_avro) come first.
    #[must_use]
    pub fn register_resolved<T, S>(
        self,
        resolver: &Arc<Resolver<S>>,
        into: impl Fn(T) -> E + Send + Sync + 'static,
    ) -> Self
    where
        T: AvroContract + 'static,
        S: SchemaStore<Error: Error + Send + Sync> + Send + Sync + 'static,
    {
        let (resolver, into) = (Arc::clone(resolver), Arc::new(into));
        let same = Arc::clone(&into);
        // The store is not asked for the schema of `T` itself.
        self.register_avro(move |event: T| same(event)).route_resolved(move |framing, datum| {
            let key = match framing {
                Framing::Confluent { id } => SchemaKey::Id(id),
                Framing::SingleObject { fingerprint } => SchemaKey::Fingerprint(fingerprint),
                _ => return Ok(None),
            };
            let store = |error: ResolverError<S::Error>| {
                MessageRejection::Resolver(error.map_store(StoreError::new))
            };
            if resolver.name(key).map_err(store)?.as_deref() != Some(T::NAME) {
                return Ok(None);
            }
            resolver.decode::<T>(key, datum).map(|event| Some(into(event))).map_err(store)
        })
    }
}

/// Registers an event, if a row of the table is delivered as Avro.
macro_rules! register {
    (Avro $event:ty, $variant:ident, $dispatcher:ident, $resolver:ident) => {
        $dispatcher.register_resolved::<$event, _>($resolver, |event| {
            AnyEvent::$variant(Box::new(event)).into()
        })
    };
    ($delivery:ident $event:ty, $variant:ident, $dispatcher:ident, $resolver:ident) => {
        $dispatcher
    };
}

macro_rules! resolved {
    ($(
        $feature:literal $family:ident {
            $(
                $(#[$doc:meta])+
                $variant:ident = $delivery:ident $event:ident
                    by [$($sign:expr),*] $(answered by $outcome:ident)?;
            )*
            without signs [$($signless:ident),*]
        }
    )*) => {
        fn register_all<E, S>(dispatcher: Dispatcher<E>, resolver: &Arc<Resolver<S>>) -> Dispatcher<E>
        where
            E: From<AnyEvent>,
            S: SchemaStore<Error: Error + Send + Sync> + Send + Sync + 'static,
        {
            $($(
                #[cfg(feature = $feature)]
                let dispatcher =
                    register!($delivery crate::$family::$event, $variant, dispatcher, resolver);
            )*)*
            dispatcher
        }
    };
}

events!(resolved);
