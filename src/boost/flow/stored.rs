//! The fields of stored flows, and the errors of inconsistent ones.
//!
//! Errors say which rule is broken, never an id.

use serde::Deserializer;
use serde::de::{Error, Visitor};
use std::fmt;

#[derive(Debug, thiserror::Error)]
pub(super) enum Inconsistent {
    #[error("steps of a flow in no legal order")]
    Steps,
    #[error("state of a flow that its steps do not lead to")]
    State,
    #[error("two flows with one id")]
    SameFlow,
    #[error("two current flows of one account")]
    SameAccount,
}

/// A string whose errors, unlike those of `String`, do not quote the value that was found.
pub(super) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Id;

    impl Visitor<'_> for Id {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
            Ok(text)
        }

        fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<String, E> {
            Err(E::custom("expected a string, found bytes"))
        }

        fn visit_i64<E: Error>(self, _: i64) -> Result<String, E> {
            Err(E::custom("expected a string, found a number"))
        }

        fn visit_u64<E: Error>(self, _: u64) -> Result<String, E> {
            Err(E::custom("expected a string, found a number"))
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<String, E> {
            Err(E::custom("expected a string, found a number"))
        }
    }

    // Asked for a string, a reader of text quotes the number that it finds; asked for anything, it
    // leaves that to the visitor. A binary form need not say what comes next.
    match deserializer.is_human_readable() {
        true => deserializer.deserialize_any(Id),
        false => deserializer.deserialize_string(Id),
    }
}

/// Timestamps as plain numbers, which formats that do not describe themselves can hold, too.
pub(super) mod millis {
    use crate::avro::TimestampMillis;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        at: &TimestampMillis,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        at.get().serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<TimestampMillis, D::Error> {
        i64::deserialize(deserializer).map(TimestampMillis::new)
    }
}
