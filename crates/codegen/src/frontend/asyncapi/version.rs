//! The versions of the specification, and what is read differently in each.

use super::super::json_schema::Document;
use super::payload::{Found, Payload};
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
        match version.text().and_then(|version| version.split_once('.')) {
            Some(("2", _)) => Ok(Self::V2),
            Some(("3", _)) => Ok(Self::V3),
            _ => Err(document.problem(
                "/asyncapi",
                format!("unsupported AsyncAPI version {}", version.describe()),
                "write the document in AsyncAPI 2.6.0 or 3.0.0",
            )),
        }
    }

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

    pub(super) fn payload(self, document: &Document<'_>, place: &str) -> Result<Payload, Problem> {
        match self {
            Self::V2 => v2::payload(document, place),
            Self::V3 => v3::payload(document, place),
        }
    }

    pub(super) fn channel(
        self,
        document: &Document<'_>,
        name: &str,
        model: &mut Model,
    ) -> Result<Channel, Problem> {
        match self {
            Self::V2 => v2::channel(document, name, model),
            Self::V3 => v3::channel(document, name, model),
        }
    }
}
