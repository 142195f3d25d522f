//! Deviations from a published contract: RFC 6902 operations, each with its reason.

use crate::error::Problem;
use crate::text;
use crate::tree::Tree;

/// Applies the operations in `text` (JSON, or YAML by its file name) to a contract.
///
/// Each operation carries a member `reason`; RFC 6902, section 4, lets members it does not know be
/// ignored.
pub(crate) fn apply(file: &str, text: &str, contract: &Tree) -> Result<Tree, Vec<Problem>> {
    let problem =
        |pointer: &str, found: String, help: &str| Problem::new(file, pointer, found, help);
    let operations = text::parse(file, text).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut value = contract.to_value();
    let items = operations.items().unwrap_or_default();
    if items.is_empty() {
        let found = match &operations {
            Tree::Array(_) => "an empty list of deviations".to_owned(),
            other => format!("{} instead of a list of deviations", other.describe()),
        };
        let help = "write an array of RFC 6902 operations, or remove the file";
        problems.push(problem("", found, help));
    }
    for (index, operation) in items.iter().enumerate() {
        let place = format!("/{index}");
        if operation
            .get("reason")
            .and_then(Tree::text)
            .is_none_or(|reason| reason.trim().is_empty())
        {
            problems.push(problem(
                &place,
                "a deviation without a reason".into(),
                "add `\"reason\": \"…\"`",
            ));
        }
        let parsed: Result<json_patch::PatchOperation, _> =
            serde_json::from_value(operation.to_value());
        let applied = match parsed {
            Ok(operation) => json_patch::patch(&mut value, &[operation]).map_err(|error| {
                let found = format!("{:?}: {}", error.path.to_string(), error.kind);
                ("an operation that does not apply at ", found)
            }),
            Err(error) => Err(("no operation of RFC 6902: ", error.to_string())),
        };
        if let Err((what, error)) = applied {
            problems.push(problem(
                &place,
                format!("{what}{error}"),
                "follow RFC 6902, and point at a place that the contract has",
            ));
        }
    }
    if problems.is_empty() { Ok(Tree::ordered_as(value, Some(contract))) } else { Err(problems) }
}
