//! Deviations from a published contract: RFC 6902 operations, each with its reason.

mod operation;

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
    let mut patched = contract.clone();
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
        if let Err(message) = operation::apply(&mut patched, operation) {
            let help = "follow RFC 6902, and use a path that exists in the contract";
            problems.push(problem(&place, message, help));
        }
    }
    if problems.is_empty() { Ok(patched) } else { Err(problems) }
}
