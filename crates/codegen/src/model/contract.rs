//! Contracts: the definitions that are events, and the channels that they travel on.

use super::{DefinitionId, Docs, Outcome, RuleId};

/// One kind of event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contract {
    /// The name used in rejections: `migration/accrual_incoming`, or an Avro full name.
    pub(crate) name: String,
    /// The version that the publisher assigned, if any.
    pub(crate) version: Option<String>,
    /// File name of the contract.
    pub(crate) file: String,
    /// The shape of a whole event.
    pub(crate) root: DefinitionId,
    /// The rule for decoding: the published contract with its deviations applied.
    pub(crate) rule: RuleId,
    /// The rule for strict decoding: the contract exactly as published.
    pub(crate) published_rule: RuleId,
    /// The encoding of values.
    pub(crate) encoding: Encoding,
    /// Location of a message's correlation id (AsyncAPI runtime expression).
    pub(crate) correlation_id: Option<String>,
    /// The Avro schema, if the contract is in Avro.
    pub(crate) avro: Option<AvroSchema>,
    /// The annotation `x-outcome`, if there is one.
    pub(crate) outcome: Option<Outcome>,
}

/// A complete Avro schema and its fingerprints.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AvroSchema {
    /// The schema as JSON text, without documentation and annotations.
    pub(crate) json: String,
    /// The Parsing Canonical Form.
    pub(crate) canonical_form: String,
    /// CRC-64-AVRO of the canonical form.
    pub(crate) rabin: u64,
    /// MD5 of the canonical form.
    pub(crate) md5: [u8; 16],
    /// SHA-256 of the canonical form.
    pub(crate) sha256: [u8; 32],
}

/// The encoding of values as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Plain JSON.
    Json,
    /// Avro: binary, and JSON as Avro defines it.
    Avro,
}

/// A channel of an AsyncAPI document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Channel {
    /// The key of the channel in the document.
    pub(crate) name: String,
    /// Address with its parameters in braces, such as `integration-{env}`.
    pub(crate) address: String,
    /// The parameters, in the order of the address.
    pub(crate) parameters: Vec<Parameter>,
    /// Documentation.
    pub(crate) docs: Docs,
}

/// A parameter of a channel's address.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    /// The name between the braces.
    pub(crate) name: String,
    /// The allowed values, if they are listed.
    pub(crate) values: Option<DefinitionId>,
    /// Documentation.
    pub(crate) docs: Docs,
}
