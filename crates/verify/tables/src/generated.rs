//! Figures of generated code: the peers', and this project's from the mirror.

use crate::{Result, peers, read};

const FAMILIES: [(&str, &str); 3] = [
    ("pismo", "this crate, Pismo"),
    ("boost", "this crate, Boost"),
    ("specsavers", "this crate, Specsavers (five messages)"),
];

/// Each family above the peer on the same contracts.
pub(crate) fn markdown() -> Result<String> {
    let mut table = peers::named("generated")?;
    let peers = std::mem::take(&mut table.lines);
    for ((family, what), peer) in FAMILIES.into_iter().zip(peers) {
        let code = read(&format!("tests/golden/generated/{family}.rs"))?;
        table
            .lines
            .push([&[what.to_owned()], &figures(&code).map(|it| it.to_string())[..]].concat());
        table.lines.push(peer);
    }
    Ok(table.markdown())
}

/// Lines, public fields, and those of them that are documented.
fn figures(code: &str) -> [usize; 3] {
    let (mut fields, mut documented, mut is_documented) = (0, 0, false);
    for line in code.lines().map(str::trim) {
        if line.starts_with("///") {
            is_documented = true;
        } else if !line.starts_with("#[") {
            if is_public_field(line) {
                fields += 1;
                documented += usize::from(is_documented);
            }
            is_documented = false;
        }
    }
    [code.lines().count(), fields, documented]
}

/// `pub name: Type,`, or its first line.
fn is_public_field(line: &str) -> bool {
    let name = line.strip_prefix("pub ").and_then(|rest| rest.split_once(':'));
    name.is_some_and(|(name, rest)| {
        !name.is_empty()
            && !rest.starts_with(':')
            && name.trim_start_matches("r#").chars().all(|it| it.is_alphanumeric() || it == '_')
    })
}
