//! Facts about a model that emission reads: each file computes one kind, once, and knows nothing of tokens.

pub(super) mod avro;
pub(super) mod contracts;
pub(super) mod equivalence;
pub(super) mod externals;
pub(super) mod ident;
pub(super) mod members;
pub(super) mod names;
pub(super) mod recursion;
pub(super) mod schemas;
