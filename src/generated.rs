//! The only place that includes what build.rs generated.

#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "generated code is reviewed as a mirror"
)]

#[cfg(feature = "boost")]
#[allow(unreachable_pub, reason = "re-exported by the family")]
pub(crate) mod boost {
    include!(concat!(env!("OUT_DIR"), "/boost.rs"));
}

#[cfg(feature = "pismo-core")]
#[allow(unreachable_pub, reason = "re-exported by the family")]
pub(crate) mod pismo {
    include!(concat!(env!("OUT_DIR"), "/pismo.rs"));
}

#[cfg(feature = "specsavers")]
#[allow(unreachable_pub, reason = "re-exported by the family")]
pub(crate) mod specsavers {
    include!(concat!(env!("OUT_DIR"), "/specsavers.rs"));
}
