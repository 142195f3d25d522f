//! The output of the generators: one module for each contract and setting.
#![allow(missing_docs, unused_imports, clippy::all, reason = "written by others")]

include!(concat!(env!("OUT_DIR"), "/peers.rs"));
