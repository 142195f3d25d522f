//! A pretend service that reports how migrations of its own ended.

#![deny(warnings)]

mod payment;

include!(concat!(env!("OUT_DIR"), "/outcomes.rs"));
