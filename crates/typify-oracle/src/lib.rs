//! t
#[allow(missing_docs, unreachable_pub, unused_qualifications, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
pub mod theirs {
    include!(concat!(env!("OUT_DIR"), "/theirs.rs"));
}
