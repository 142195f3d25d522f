//! Avro: which types have a binary encoding, and the schemas that name it on the wire.

use super::Context;
use super::block::{compact, literal};
use super::recursion::definitions_within;
use crate::model::{DefinitionId, Encoding, Model, Scope};
use proc_macro2::{Literal, TokenStream};
use std::collections::BTreeSet;

/// The definitions that belong to an Avro contract, alone or among others, and the named types that
/// contracts share.
pub(super) struct AvroTypes(BTreeSet<DefinitionId>);

impl AvroTypes {
    pub(super) fn find(model: &Model) -> Self {
        let avro = model.contracts.iter().filter(|contract| contract.encoding == Encoding::Avro);
        let named = (0..model.definitions.len()).map(DefinitionId);
        let named = named.filter(|id| model[*id].full_name.is_some());
        let mut queue: Vec<_> = avro.map(|contract| contract.root).chain(named).collect();
        let mut found = BTreeSet::new();
        while let Some(id) = queue.pop() {
            if found.insert(id) {
                queue.extend(definitions_within(model, id));
            }
        }
        Self(found)
    }

    /// True for a definition that belongs to an Avro contract.
    pub(super) fn contains(&self, id: DefinitionId) -> bool {
        self.0.contains(&id)
    }
}

impl Context<'_> {
    /// `impl AvroContract` of the root of each Avro contract.
    pub(super) fn avro_schemas(&self) -> TokenStream {
        let schemas = self.model.contracts.iter().filter_map(|contract| {
            let schema = contract.avro.as_ref()?;
            let root = compact(&self.names.path(contract.root, Scope::Family));
            Some(self.block(
                self.paths.avro_schema(),
                &[
                    format!("{root}, {};", literal(&contract.name)),
                    format!("json {};", raw_literal(&schema.json)),
                    format!("canonical {};", raw_literal(&schema.canonical_form)),
                    format!("rabin {};", hexadecimal(schema.rabin)),
                    format!("md5 {};", bytes(&schema.md5)),
                    format!("sha256 {};", bytes(&schema.sha256)),
                ],
            ))
        });
        schemas.collect()
    }
}

/// `0x01af_…`, in groups that can be read.
fn hexadecimal(number: u64) -> String {
    let digits = format!("{number:016x}");
    let groups: Vec<_> = (0..16).step_by(4).map(|start| &digits[start..start + 4]).collect();
    format!("0x{}", groups.join("_"))
}

/// Bytes as one literal instead of an array of numbers.
fn bytes(bytes: &[u8]) -> String {
    Literal::byte_string(bytes).to_string()
}

/// JSON without escapes of its quotes, where that is possible.
fn raw_literal(json: &str) -> String {
    if json.contains("\"#") || json.chars().any(|sign| !matches!(sign, ' '..='~')) {
        literal(json)
    } else {
        format!("r#\"{json}\"#")
    }
}
