//! A file of Rust, split into code and comments.

use crate::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A file of Rust.
#[derive(Debug)]
pub struct Source {
    /// The path from the root of the repository.
    pub path: String,
    /// The text with spaces in the place of comments and of modules that are compiled for tests only.
    pub code: String,
    /// The same with spaces in the place of the contents of strings, too.
    pub bare: String,
    /// The doc comments: the number of the first line, and its text.
    pub docs: Vec<(usize, String)>,
    /// The names of modules that this file declares for tests only.
    pub test_modules: Vec<String>,
}

impl Source {
    /// Splits a text.
    #[must_use]
    pub fn new(path: &str, text: &str) -> Self {
        let Split { mut code, mut bare, comments } = split(text);
        let test_modules = blank_tests(&mut code, &mut bare);
        let mut docs = Vec::new();
        let mut last: Option<(usize, &str)> = None;
        for (line, comment) in &comments {
            let marker = if is_doc(comment) { &comment[..3] } else { "" };
            let continues =
                last.is_some_and(|(before, kind)| before + 1 == *line && kind == marker);
            if !marker.is_empty() && !continues {
                docs.push((*line, comment[3..].trim().to_owned()));
            }
            last = Some((*line, marker));
        }
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { path: path.to_owned(), code: text(code), bare: text(bare), docs, test_modules }
    }

    /// The lines of code, with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

fn is_doc(comment: &str) -> bool {
    comment.starts_with("//!") || comment.starts_with("///") && !comment.starts_with("////")
}

/// All files of Rust below a folder of the repository but tests.
///
/// # Panics
/// The folder cannot be read, or holds no file of Rust.
#[must_use]
pub fn sources(folder: &str) -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    let tests: BTreeSet<String> = files.iter().flat_map(test_files).collect();
    let is_test = |path: &str| {
        tests.iter().any(|test| {
            path.strip_prefix(test.as_str())
                .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        })
    };
    files.retain(|source| !is_test(&source.path));
    assert!(!files.is_empty(), "no sources in {folder}");
    files
}

/// The paths of the test modules of a file, without the extension.
fn test_files(source: &Source) -> Vec<String> {
    let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    let stem = file.trim_end_matches(".rs");
    let folder = match stem {
        "lib" | "main" | "mod" => folder.to_owned(),
        stem => format!("{folder}/{stem}"),
    };
    source.test_modules.iter().map(|name| format!("{folder}/{name}")).collect()
}

fn collect(folder: &Path, files: &mut Vec<Source>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            let name = path.strip_prefix(root()).expect("below the root").to_string_lossy();
            files.push(Source::new(&name, &text));
        }
    }
}

struct Split {
    code: Vec<u8>,
    bare: Vec<u8>,
    /// The line of each line comment, and its text.
    comments: Vec<(usize, String)>,
}

fn split(text: &str) -> Split {
    let bytes = text.as_bytes();
    let (mut code, mut bare, mut comments) = (bytes.to_vec(), bytes.to_vec(), Vec::new());
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (len, is_comment) = if rest.starts_with(b"//") {
            let len = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            comments.push((line, String::from_utf8_lossy(&rest[..len]).into_owned()));
            (len, true)
        } else if rest.starts_with(b"/*") {
            (block_comment(rest), true)
        } else {
            (literal(bytes, at), false)
        };
        if len == 0 {
            line += usize::from(bytes[at] == b'\n');
            at += 1;
            continue;
        }
        blank(&mut bare[at..at + len]);
        if is_comment {
            blank(&mut code[at..at + len]);
        }
        line += bytes[at..at + len].iter().filter(|byte| **byte == b'\n').count();
        at += len;
    }
    Split { code, bare, comments }
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

fn block_comment(bytes: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// The length of the string or character that begins here, 0 if none does.
fn literal(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let after_word = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    match rest {
        [b'"', ..] => quoted(rest),
        [b'r', b'"' | b'#', ..] if !after_word => raw(rest, 1),
        [b'b', b'r', b'"' | b'#', ..] if !after_word => raw(rest, 2),
        [b'\'', b'\\', ..] => rest
            .iter()
            .enumerate()
            .skip(3)
            .find(|(_, byte)| **byte == b'\'')
            .map_or(0, |(end, _)| end + 1),
        // A character of up to four bytes; a lifetime is not followed by a quote.
        [b'\'', ..] => {
            let text = std::str::from_utf8(&rest[1..rest.len().min(5)]);
            let len = match text {
                Ok(text) => text.chars().next().map_or(0, char::len_utf8),
                Err(error) if error.valid_up_to() > 0 => {
                    let valid = &rest[1..=error.valid_up_to()];
                    let text = std::str::from_utf8(valid).unwrap_or_default();
                    text.chars().next().map_or(0, char::len_utf8)
                }
                Err(_) => 0,
            };
            if len > 0 && rest.get(1 + len) == Some(&b'\'') { len + 2 } else { 0 }
        }
        _ => 0,
    }
}

fn quoted(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn raw(bytes: &[u8], prefix: usize) -> usize {
    let hashes = bytes[prefix..].iter().take_while(|byte| **byte == b'#').count();
    // `r#type` is an identifier.
    if bytes.get(prefix + hashes) != Some(&b'"') {
        return 0;
    }
    let end = [&b"\""[..], &b"#".repeat(hashes)].concat();
    let from = prefix + hashes + 1;
    let found = bytes[from..].windows(end.len()).position(|window| window == end);
    found.map_or(bytes.len(), |found| from + found + end.len())
}

/// Blanks modules and functions below `#[cfg(test)]`; returns the names of modules in files of their own.
fn blank_tests(code: &mut [u8], bare: &mut [u8]) -> Vec<String> {
    const MARK: &[u8] = b"#[cfg(test)]";
    let mut names = Vec::new();
    let mut from = 0;
    while let Some(found) = bare[from..].windows(MARK.len()).position(|window| window == MARK) {
        let start = from + found;
        let ends = |byte: &u8| matches!(byte, b';' | b'{');
        let Some(len) = bare[start..].iter().position(ends) else { break };
        let mut end = start + len + 1;
        if bare[end - 1] == b';' {
            let text = String::from_utf8_lossy(&bare[start..end - 1]).into_owned();
            let name = text.split_whitespace().skip_while(|word| *word != "mod").nth(1);
            names.extend(name.map(str::to_owned));
        } else {
            let mut depth = 1;
            while end < bare.len() && depth > 0 {
                depth += match bare[end] {
                    b'{' => 1,
                    b'}' => -1,
                    _ => 0,
                };
                end += 1;
            }
        }
        blank(&mut code[start..end]);
        blank(&mut bare[start..end]);
        from = end;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_tests_are_told_from_code() {
        let text = "//! What a file is.\n/// One.\n/// two\nfn a<'a>() { let b = \"// no\"; let c = '\"'; } /* x /* y */ z */\n\
                    #[cfg(test)]\nmod tests { fn x() { '}' } }\n#[cfg(test)]\nmod other;\nlet d = r#\"//\"#; // d\n";
        let source = Source::new("a.rs", text);
        assert_eq!(source.docs, [(1, "What a file is.".into()), (2, "One.".into())]);
        let lines: Vec<&str> = source.code.lines().map(str::trim_end).collect();
        assert_eq!(lines[3], "fn a<'a>() { let b = \"// no\"; let c = '\"'; }");
        assert_eq!(lines[4..8].concat(), "");
        assert_eq!(lines[8], "let d = r#\"//\"#;");
        assert!(!source.bare.contains("no"));
        assert_eq!(source.test_modules, ["other"]);
    }
}
