//! Avro container files, and data of other writers' schemas as generated types.
//!
//! * [`container`] reads and writes object container files.
//! * A [`Resolution`] reads data of one writer's schema as a generated type.
//! * A [`Resolver`] looks up the schemas that messages name in a [`SchemaStore`].
//!
//! The binary encoding itself and its framings are in `migration_events_runtime::avro`.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod container;
mod resolve;
mod resolver;
mod store;

pub use resolve::{
    InvalidSchema, Resolution, ResolveError, SchemaText, Unresolvable, UnresolvableKind,
};
pub use resolver::{Resolver, ResolverError};
pub use store::{MemoryStore, SchemaKey, SchemaStore};
