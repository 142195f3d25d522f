//! The texts that code is generated from.

/// A contract as text.
#[derive(Debug, Clone)]
pub struct Source {
    /// File name. A contract that does not name itself is named after it, and its extension selects
    /// the format: `.avsc` and `.avpr` for Avro, `.yaml` and `.yml` for YAML (feature `yaml`), JSON otherwise.
    pub file: String,
    /// The contract as published.
    pub text: String,
    /// Deviations from the contract: name and text of an RFC 6902 patch file. Each operation states
    /// a `reason`.
    pub patch: Option<(String, String)>,
}

/// A document that contracts refer to. It produces no code of its own.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The URI of the document, or its file name relative to the contracts.
    pub uri: String,
    /// The text of the document.
    pub text: String,
}
