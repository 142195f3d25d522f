//! Frontends: each reads contracts of one format into definitions and rules of the model.

pub(crate) mod asyncapi;
pub(crate) mod avro;
pub(crate) mod json_schema;
mod moved;
pub(crate) mod openapi;
pub(crate) mod outcome;
