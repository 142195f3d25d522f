//! Versions of the specification, and the parts of a document whose places depend on them.

use super::super::json_schema::Document;
use super::found::Found;
use super::payload::Payload;
use super::{v2, v3};
use crate::error::Problem;
use crate::model::{Channel, Model};
use crate::tree::Tree;

/// The major versions of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V2,
    V3,
}

impl Version {
    pub(super) fn of(document: &Document<'_>) -> Result<Self, Problem> {
        let version = document.root.get("asyncapi").unwrap_or(&Tree::Null);
        let parts: Vec<&str> = version.text().unwrap_or_default().splitn(3, '.').collect();
        let is_patch = |patch: &str| patch.starts_with(|first: char| first.is_ascii_digit());
        match parts.as_slice() {
            ["2", "0" | "1" | "2" | "3" | "4" | "5" | "6", patch] if is_patch(patch) => {
                Ok(Self::V2)
            }
            ["3", "0" | "1", patch] if is_patch(patch) => Ok(Self::V3),
            _ => Err(document.problem(
                "/asyncapi",
                format!("unsupported AsyncAPI version {}", version.describe()),
                "write the document in AsyncAPI 2.0.0 to 2.6.0, 3.0.0 or 3.1.0",
            )),
        }
    }

    /// Returns the messages of all channels and components, each once, with references resolved.
    pub(super) fn messages(
        self,
        document: &Document<'_>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Found> {
        match self {
            Self::V2 => v2::messages(document, problems),
            Self::V3 => v3::messages(document, problems),
        }
    }

    /// Returns the payload of the message at `place`, which has one.
    pub(super) fn payload(self, document: &Document<'_>, place: &str) -> Result<Payload, Problem> {
        match self {
            Self::V2 => v2::payload(document, place),
            Self::V3 => v3::payload(document, place),
        }
    }

    /// Reads the channel with this key. Returns `None` if its address is unknown.
    pub(super) fn channel(
        self,
        document: &Document<'_>,
        name: &str,
        model: &mut Model,
    ) -> Result<Option<Channel>, Problem> {
        match self {
            Self::V2 => v2::channel(document, name, model).map(Some),
            Self::V3 => v3::channel(document, name, model),
        }
    }
}
