//! Rejections for machines.

use super::{Invalid, Rejection, Strictness, Violation};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// Members that fit into problem details (RFC 9457 §3.2): a service adds `type` and `status` of its
/// own and flattens these beside them.
///
/// ```
/// # #[cfg(feature = "pismo")] {
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
///         "title": "pismo migration/customer_incoming v1 rejected",
///         "detail": "1 violation",
///         "strictness": "patched",
///         "errors": [{
///             "pointer": "/entity",
///             "schema_pointer": "/properties/entity/type",
///             "keyword": "type",
///             "detail": "expected an object, found a number",
///         }],
///         "omitted": 0,
///     }),
/// );
/// # }
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let total = self.violations().len() + self.omitted();
        let plural = if total == 1 { "" } else { "s" };
        let mut members = serializer.serialize_struct("Rejection", 5)?;
        members.serialize_field("title", &format_args!("{} rejected", self.contract()))?;
        members.serialize_field("detail", &format_args!("{total} violation{plural}"))?;
        let strictness = match self.strictness() {
            Strictness::Patched => "patched",
            Strictness::Published => "published",
        };
        members.serialize_field("strictness", strictness)?;
        members.serialize_field("errors", self.violations())?;
        members.serialize_field("omitted", &self.omitted())?;
        members.end()
    }
}

/// `pointer`, `schema_pointer`, `keyword` and `detail`, all strings; see [`Rejection`].
impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Violation", 4)?;
        members.serialize_field("pointer", self.instance_pointer())?;
        members.serialize_field("schema_pointer", self.schema_pointer())?;
        members.serialize_field("keyword", self.kind().name())?;
        members.serialize_field("detail", &format_args!("{}", self.kind()))?;
        members.end()
    }
}

/// The list of its violations.
impl Serialize for Invalid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.violations().serialize(serializer)
    }
}
