//! Frontends: each reads contracts of one format into definitions and rules of the model.

#[cfg(feature = "asyncapi")]
pub(crate) mod asyncapi;
#[cfg(feature = "avro")]
pub(crate) mod avro;
pub(crate) mod json_schema;
pub(crate) mod kind;
#[cfg(any(feature = "asyncapi", feature = "openapi"))]
mod moved;
#[cfg(feature = "openapi")]
pub(crate) mod openapi;
pub(crate) mod outcome;
mod without;

#[cfg(not(feature = "asyncapi"))]
pub(crate) use without::asyncapi;
#[cfg(not(feature = "avro"))]
pub(crate) use without::avro;
#[cfg(not(feature = "openapi"))]
pub(crate) use without::openapi;
