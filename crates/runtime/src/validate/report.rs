//! Rejections for machines.

use super::{Invalid, Rejection, Strictness, Violation};
use crate::avro::DatumError;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt::{self, Write as _};

/// Members that fit into problem details (RFC 9457 §3.2): a service adds `type` and `status` of its
/// own and flattens these beside them.
///
/// ```
/// use migration_events::{Event, Rejection, pismo};
///
/// #[derive(serde::Serialize)]
/// struct Problem {
///     r#type: &'static str,
///     status: u16,
///     #[serde(flatten)]
///     rejection: Rejection,
/// }
///
/// let rejection = pismo::CustomerIncoming::from_json(br#"{"entity": 1}"#).unwrap_err();
/// let problem = Problem { r#type: "/problems/rejected", status: 422, rejection };
/// assert_eq!(
///     serde_json::to_value(&problem)?,
///     serde_json::json!({
///         "type": "/problems/rejected",
///         "status": 422,
///         "title": "Message rejected",
///         "detail": "1 violation",
///         "contract": "pismo migration/customer_incoming v1",
///         "strictness": "patched",
///         "errors": [{
///             "pointer": "#/entity",
///             "schema_pointer": "#/properties/entity/type",
///             "keyword": "type",
///             "detail": "expected an object, found a number",
///         }],
///         "omitted": 0,
///     }),
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let strictness = match self.strictness() {
            Strictness::Patched => "patched",
            Strictness::Published => "published",
        };
        let total = self.violations().len() + self.omitted();
        let mut members = serializer.serialize_struct("Rejection", 6)?;
        problem(&mut members, total, &format_args!("{}", self.contract()))?;
        members.serialize_field("strictness", strictness)?;
        members.serialize_field("errors", self.violations())?;
        members.serialize_field("omitted", &self.omitted())?;
        members.end()
    }
}

/// Members like those of a [`Rejection`]: `contract` is the name of the Avro type, `errors` holds one
/// violation, and `offset` is the byte at which it is.
impl Serialize for DatumError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("DatumError", 5)?;
        problem(&mut members, 1, self.datum())?;
        members.serialize_field("errors", &[Violation::from(self)])?;
        members.serialize_field("offset", &self.offset())?;
        members.end()
    }
}

/// The members that describe any rejected message. The title is the same for all, as the RFC asks for.
fn problem<M: SerializeStruct>(
    members: &mut M,
    violations: usize,
    contract: &(impl Serialize + ?Sized),
) -> Result<(), M::Error> {
    let plural = if violations == 1 { "" } else { "s" };
    members.serialize_field("title", "Message rejected")?;
    members.serialize_field("detail", &format_args!("{violations} violation{plural}"))?;
    members.serialize_field("contract", contract)
}

/// `pointer`, `schema_pointer`, `keyword` and `detail`, all strings; see [`Rejection`].
///
/// A pointer is a URI fragment (RFC 6901 §6), as in the examples of RFC 9457.
impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schema_pointer = match self.schema_pointer().split_once('#') {
            Some((document, pointer)) => format!("{document}{}", Fragment(pointer)),
            None => Fragment(self.schema_pointer()).to_string(),
        };
        let mut members = serializer.serialize_struct("Violation", 4)?;
        members
            .serialize_field("pointer", &format_args!("{}", Fragment(self.instance_pointer())))?;
        members.serialize_field("schema_pointer", &schema_pointer)?;
        members.serialize_field("keyword", self.kind().name())?;
        members.serialize_field("detail", &format_args!("{}", self.kind()))?;
        members.end()
    }
}

/// A JSON pointer as a URI fragment: `#` and the pointer, with what a fragment cannot hold as `%XX`
/// (RFC 3986 §3.5).
struct Fragment<'a>(&'a str);

impl fmt::Display for Fragment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('#')?;
        self.0.bytes().try_for_each(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => f.write_char(byte.into()),
            byte if b"-._~!$&'()*+,;=:@/?".contains(&byte) => f.write_char(byte.into()),
            byte => write!(f, "%{byte:02X}"),
        })
    }
}

/// The list of its violations.
impl Serialize for Invalid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.violations().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::Fragment;

    #[test]
    fn pointers_become_uri_fragments() {
        // Examples of RFC 6901 §6.
        for (pointer, fragment) in [
            ("", "#"),
            ("/foo/0", "#/foo/0"),
            ("/a~1b", "#/a~1b"),
            ("/c%d", "#/c%25d"),
            ("/ ", "#/%20"),
        ] {
            assert_eq!(Fragment(pointer).to_string(), fragment);
        }
        assert_eq!(Fragment("/ä").to_string(), "#/%C3%A4");
    }
}
