//! Documentation in generated code of the property whose published title is another property's (trap 8).

use crate::generated::DOCUMENTATION;
use crate::peers::NOT_ITS_FORMAT;

/// The lines: what they are, and a cell for each of [`peers::PEERS`](crate::peers::PEERS).
pub(crate) fn lines() -> [(&'static str, Vec<String>); 2] {
    // Structs by hand have the documentation that their author writes, a tree of values has none.
    let generators = [Some("ours"), None, Some("typify_plain"), Some("typify_decimal")];
    let generators = [&generators[..], &[Some("typify_number"), None]].concat();
    let cells = |wording| {
        let cell = |generator: &Option<&str>| {
            generator.map_or(NOT_ITS_FORMAT, |generator| judged(text(wording, generator)))
        };
        generators.iter().map(|generator| cell(generator).to_owned()).collect()
    };
    [
        ("8 documentation of `account_id`, worded as in `schemas/`", cells("own")),
        ("8 the same, if all it has is another property's title, as published", cells("published")),
    ]
}

fn text(wording: &str, of: &str) -> &'static str {
    let found = DOCUMENTATION.iter().find(|(key, name, _)| (*key, *name) == (wording, of));
    found.expect("what each generator wrote").2
}

fn judged(documentation: &str) -> &'static str {
    if documentation.is_empty() {
        "undocumented"
    } else if documentation.contains(text("contract", "version_date")) {
        "another property's"
    } else if documentation.contains(text("contract", "account_id")) {
        "**its own**"
    } else {
        "something else"
    }
}
