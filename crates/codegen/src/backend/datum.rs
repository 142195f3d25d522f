//! The schemas that name the binary encoding of Avro contracts on the wire.

use super::block::{compact, invoke, literal};
use super::context::Context;
use super::types;
use crate::model::Scope;
use proc_macro2::{Literal, TokenStream};

/// `impl AvroContract` of the root of each Avro contract.
pub(super) fn emit(context: &Context<'_>) -> TokenStream {
    let schemas = context.model.contracts.iter().filter_map(|contract| {
        let schema = contract.avro.as_ref()?;
        let root = compact(&types::path(context, contract.root, Scope::Family));
        Some(invoke(
            context.paths.avro_schema(),
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
