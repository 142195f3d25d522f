//! The text of a contract as it is read: without comments, and out of the answer of a schema registry.

use crate::error::Problem;
use crate::tree::Tree;

/// The endings of Avro files, in which tools of Java read comments.
const AVRO: [&str; 2] = [".avsc", ".avpr"];

/// A text that is read in place of the one that was given.
pub(super) struct Prepared {
    pub(super) text: String,
    /// True for an Avro schema out of an answer, whatever the name of its file.
    pub(super) is_avro: bool,
    /// True if the text was out of the answer of a schema registry.
    pub(super) is_answer: bool,
}

/// Returns the text of a file as it is read, or `None` if that is the text itself.
pub(super) fn prepare(name: &str, text: &str, comments: bool) -> Result<Option<Prepared>, Problem> {
    if let Some(stem) = name.strip_suffix(".avdl") {
        let message = "Avro IDL is not read";
        let help =
            format!("convert it with `avro-tools idl {stem}.avdl {stem}.avpr`, and add the result");
        return Err(Problem::new(name, "", message, help).at_position(1, 1));
    }
    let mut plain = None;
    if AVRO.iter().any(|ending| name.ends_with(ending))
        && let Some((without, place)) = without_comments(text)
    {
        if !comments {
            let message = "comments are not JSON";
            let help = "remove them, or allow them with `Options::avro_comments` or `Config::avro_comments`";
            let (line, column) = crate::locate::position(text, place).unwrap_or((1, 1));
            return Err(Problem::new(name, "", message, help).at_position(line, column));
        }
        plain = Some(without);
    }
    let answer = answer(name, plain.as_deref().unwrap_or(text))?;
    Ok(match (answer, plain) {
        (Some((text, is_avro)), _) => Some(Prepared { text, is_avro, is_answer: true }),
        (None, Some(text)) => Some(Prepared { text, is_avro: false, is_answer: false }),
        (None, None) => None,
    })
}

/// Returns the schema in the answer of a schema registry (`{"schema": "…", "schemaType": "AVRO"}`), and
/// whether it is an Avro schema.
fn answer(name: &str, text: &str) -> Result<Option<(String, bool)>, Problem> {
    /// The members of an answer, of which `schema` alone is required.
    const MEMBERS: [&str; 9] = [
        "schema",
        "schemaType",
        "references",
        "subject",
        "version",
        "id",
        "guid",
        "metadata",
        "ruleSet",
    ];
    // Most texts need not be parsed for this.
    if !text.contains("\"schema\"") {
        return Ok(None);
    }
    let Ok(tree) = Tree::parse(text.trim_start_matches('\u{feff}')) else { return Ok(None) };
    let members = tree.members().unwrap_or_default();
    let is_answer = members.iter().all(|(key, _)| MEMBERS.contains(&key.as_str()));
    let Some(schema) = tree.get("schema").and_then(Tree::text).filter(|_| is_answer) else {
        return Ok(None);
    };
    match tree.get("schemaType").map(|kind| kind.text().unwrap_or_default()) {
        None | Some("AVRO") => Ok(Some((schema.to_owned(), true))),
        Some("JSON") => Ok(Some((schema.to_owned(), false))),
        Some(other) => Err(Problem::new(
            name,
            "/schemaType",
            format!("unsupported schema type {other:?}"),
            "add schemas of the types \"AVRO\" and \"JSON\"",
        )),
    }
}

/// Returns a text with blanks in place of its comments (`// …`, `/* … */`), and where the first one begins.
/// Returns `None` for a text without comments.
fn without_comments(text: &str) -> Option<(String, usize)> {
    let mut out = text.as_bytes().to_vec();
    let mut first = None;
    let mut at = 0;
    while at < out.len() {
        let end = match &text.as_bytes()[at..] {
            [b'"', ..] => {
                at = end_of_string(text, at);
                continue;
            }
            [b'/', b'/', ..] => text[at..].find('\n').map_or(text.len(), |len| at + len),
            [b'/', b'*', ..] => {
                text[at + 2..].find("*/").map_or(text.len(), |len| at + 2 + len + 2)
            }
            _ => {
                at += 1;
                continue;
            }
        };
        first.get_or_insert(at);
        // Each byte, so that places in the text stay where they are.
        let comment = out[at..end].iter_mut();
        comment.filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
        at = end;
    }
    Some((String::from_utf8(out).ok()?, first?))
}

/// Returns the offset after the string that begins at an offset.
fn end_of_string(text: &str, start: usize) -> usize {
    let mut bytes = text.bytes().enumerate().skip(start + 1);
    while let Some((index, byte)) = bytes.next() {
        match byte {
            b'"' => return index + 1,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_become_blanks() {
        let text = "// é\n{\"a\": 1, /* b\n c */ \"u\": \"http://x /* y */ \\\" // z\"}// end";
        let (blank, place) = without_comments(text).unwrap();
        assert_eq!(place, 0);
        assert_eq!(
            blank,
            "     \n{\"a\": 1,     \n      \"u\": \"http://x /* y */ \\\" // z\"}      "
        );
        assert_eq!(without_comments("{\"a\": \"// b\"}"), None);
        // What never ends is a comment to the end.
        assert_eq!(without_comments("1 /* 2").unwrap(), ("1     ".into(), 2));
        assert_eq!(without_comments("\"// open"), None);
    }
}
