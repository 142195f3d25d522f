//! Deviations from a published contract: RFC 6902 operations, each with its reason.

use crate::error::Problem;
use crate::text;
use crate::tree::Tree;

/// Applies the operations in `text` (JSON or YAML, depending on the file's extension) to a contract.
///
/// Each operation must state a `reason`. RFC 6902, section 4, allows such additional members.
pub(crate) fn apply(file: &str, text: &str, contract: &Tree) -> Result<Tree, Vec<Problem>> {
    let problem =
        |pointer: &str, message: String, help: &str| Problem::new(file, pointer, message, help);
    let operations = text::parse(file, text).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut value = contract.to_value();
    let items = operations.items().unwrap_or_default();
    if items.is_empty() {
        let message = match &operations {
            Tree::Array(_) => "the list of deviations is empty".to_owned(),
            other => format!("expected a list of deviations, found {}", other.describe()),
        };
        let help = "write an array of RFC 6902 operations, or remove the file";
        problems.push(problem("", message, help));
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
                "the deviation states no reason".into(),
                "add `\"reason\": \"…\"`",
            ));
        }
        let parsed: Result<json_patch::PatchOperation, _> =
            serde_json::from_value(operation.to_value());
        let applied = match parsed {
            Ok(operation) => json_patch::patch(&mut value, &[operation]).map_err(|error| {
                format!(
                    "cannot apply the operation at {:?}: {}",
                    error.path.to_string(),
                    error.kind
                )
            }),
            Err(error) => Err(format!("not an operation of RFC 6902: {error}")),
        };
        if let Err(message) = applied {
            let help = "follow RFC 6902, and use a path that exists in the contract";
            problems.push(problem(&place, message, help));
        }
    }
    if problems.is_empty() { Ok(Tree::ordered_as(value, Some(contract))) } else { Err(problems) }
}
