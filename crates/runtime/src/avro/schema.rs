//! A schema as constants: its identifiers, and the text that other readers need.

use super::datum::Datum;

/// The schema of an Avro contract, with its identifiers.
///
/// ```
/// use migration_events::{avro::AvroContract, boost};
///
/// let schema = boost::AccountMigrationEvent::SCHEMA;
/// assert_eq!(schema.name, "uk.co.boostpower.support.kafka.messages.AccountMigrationEvent");
/// assert_eq!(schema.sha256.len(), 32);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AvroSchema {
    /// Full name of the root, or the name of the file where it has none.
    pub name: &'static str,
    /// The schema as JSON text, with its deviations, without documentation.
    pub json: &'static str,
    /// The Parsing Canonical Form (Avro specification, “Parsing Canonical Form for Schemas”).
    pub canonical_form: &'static str,
    /// CRC-64-AVRO of the canonical form, the fingerprint of the [single-object
    /// encoding](super::single_object).
    pub rabin: u64,
    /// MD5 of the canonical form.
    pub md5: [u8; 16],
    /// SHA-256 of the canonical form.
    pub sha256: [u8; 32],
}

impl AvroSchema {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(
        name: &'static str,
        json: &'static str,
        canonical_form: &'static str,
        rabin: u64,
        md5: [u8; 16],
        sha256: [u8; 32],
    ) -> Self {
        Self { name, json, canonical_form, rabin, md5, sha256 }
    }
}

/// A type that knows its Avro schema: the root of a contract.
///
/// Implemented by generated code only.
pub trait AvroContract: Datum {
    /// The schema.
    const SCHEMA: &'static AvroSchema;
}
