//! Which file of a crate refers to which.

use crate::Source;
use std::collections::{BTreeMap, BTreeSet};

/// A reference from one file to another of the same crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The file that refers.
    pub from: String,
    /// The file that is referred to.
    pub to: String,
    /// The line of the reference.
    pub line: usize,
}

/// A module that is a file: its segments below the crate.
type Module = Vec<String>;

/// The modules of a crate, and what they re-export.
struct Crate<'s> {
    files: BTreeMap<Module, &'s Source>,
    /// The names that a module re-exports, and the path of each.
    exports: BTreeMap<Module, BTreeMap<String, Module>>,
}

/// The references between the files of the crate whose sources are in `folder`, such as
/// `crates/avro/src`. A re-exported name counts as a reference to the file that defines it; the
/// re-export itself, the declaration of a module, and a scope such as `pub(in crate::a)` count as none.
/// Paths inside `quote!` are those of the emitted code and do not count. Methods are not seen: a file may
/// call those that another file adds to its type.
#[must_use]
pub fn edges(folder: &str, sources: &[Source]) -> Vec<Edge> {
    let files: BTreeMap<Module, &Source> =
        sources.iter().map(|source| (module(folder, &source.path), source)).collect();
    let exports = files
        .iter()
        .map(|(module, source)| {
            let uses = paths(&source.bare).into_iter().filter(|path| path.exported);
            let exports = uses
                .filter_map(|path| Some((path.name.clone()?, absolute(module, &path, &files)?)));
            (module.clone(), exports.collect())
        })
        .collect();
    let krate = Crate { files, exports };
    let mut edges = Vec::new();
    for (module, source) in &krate.files {
        let code = without_quoted(&source.bare);
        for path in paths(&code).into_iter().filter(|path| !path.exported) {
            let Some(absolute) = absolute(module, &path, &krate.files) else { continue };
            let Some(target) = krate.resolve(&absolute, 0) else { continue };
            if *module != target {
                let to = krate.files[&target].path.clone();
                edges.push(Edge { from: source.path.clone(), to, line: path.line });
            }
        }
    }
    edges
}

/// The sets of files that all refer to each other, directly or not.
#[must_use]
pub fn circles(edges: &[Edge]) -> Vec<BTreeSet<String>> {
    let mut reach: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for edge in edges {
        next.entry(&edge.from).or_default().insert(&edge.to);
    }
    for start in next.keys() {
        let (mut seen, mut left) = (BTreeSet::new(), vec![*start]);
        while let Some(file) = left.pop() {
            for to in next.get(file).into_iter().flatten() {
                if seen.insert(*to) {
                    left.push(to);
                }
            }
        }
        reach.insert(start, seen);
    }
    let mut found = BTreeSet::new();
    for (file, reached) in &reach {
        let back = |other: &&&str| reach.get(**other).is_some_and(|back| back.contains(file));
        let circle: BTreeSet<String> =
            reached.iter().filter(back).map(|file| (*file).to_owned()).collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

impl Crate<'_> {
    /// The file that defines what a path names.
    fn resolve(&self, path: &[String], depth: usize) -> Option<Module> {
        let len = (0..=path.len()).rev().find(|len| self.files.contains_key(&path[..*len]))?;
        let module = path[..len].to_vec();
        let exported = path.get(len).and_then(|name| self.exports[&module].get(name));
        match exported {
            Some(target) if depth < 8 && *target != path => {
                let rest = &path[len + 1..];
                self.resolve(&[&target[..], rest].concat(), depth + 1)
            }
            _ => Some(module),
        }
    }
}

fn module(folder: &str, path: &str) -> Module {
    let path = path.strip_prefix(folder).unwrap_or(path).trim_end_matches(".rs");
    let mut segments: Module =
        path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if matches!(segments.last().map(String::as_str), Some("lib" | "main" | "mod")) {
        segments.pop();
    }
    segments
}

/// A path in the code of a file.
#[derive(Debug)]
struct Reference {
    segments: Vec<String>,
    line: usize,
    /// It is in a `pub use`.
    exported: bool,
    /// The name that a `use` binds.
    name: Option<String>,
}

/// The path from the root of the crate; `None` if it leads out of the crate.
fn absolute(
    module: &[String],
    path: &Reference,
    files: &BTreeMap<Module, &Source>,
) -> Option<Module> {
    let mut base = module.to_vec();
    let mut rest = &path.segments[..];
    match rest.first()?.as_str() {
        "crate" => {
            base.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|segment| segment == "super") {
                base.pop()?;
                rest = &rest[1..];
            }
        }
        child => {
            let file = [&base[..], &[child.to_owned()]].concat();
            files.contains_key(&file).then_some(())?;
        }
    }
    Some([&base[..], rest].concat())
}

/// Code with spaces in the place of the arguments of `quote!`.
fn without_quoted(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find("quote! {") {
        let (before, quoted) = rest.split_at(start);
        out.push_str(before);
        let mut depth = 0_usize;
        let end = quoted.find(|sign| {
            depth += usize::from(sign == '{');
            depth -= usize::from(sign == '}' && depth > 0);
            sign == '}' && depth == 0
        });
        let (quoted, after) = quoted.split_at(end.unwrap_or(quoted.len()));
        out.extend(quoted.chars().map(|sign| if sign == '\n' { sign } else { ' ' }));
        rest = after;
    }
    out + rest
}

/// All paths of more than one segment in code.
fn paths(code: &str) -> Vec<Reference> {
    let bytes = code.as_bytes();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    let mut statement = String::new();
    while at < bytes.len() {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if !is_word(bytes[at]) {
            match bytes[at] {
                b'\n' => line += 1,
                b';' | b'{' | b'}' => statement.clear(),
                _ => {}
            }
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
        let after_path = at >= 2 && &bytes[at - 2..at] == b"::";
        let is_path = bytes[end..].starts_with(b"::");
        let is_scope = statement.ends_with("pub in ");
        let in_use = statement.split_whitespace().any(|word| word == "use");
        if !after_path && !is_scope && (is_path || in_use) {
            // An attribute may stand before it.
            let exported = in_use && statement.split_whitespace().any(|word| word == "pub");
            let (mut paths, next) = tree(code, at);
            let lines = code[at..next].matches('\n').count();
            for (segments, alias) in paths.drain(..) {
                let name = alias.or_else(|| in_use.then(|| segments.last().cloned()).flatten());
                found.push(Reference { segments, line, exported, name });
            }
            line += lines;
            at = next;
            continue;
        }
        statement.push_str(&code[at..end]);
        statement.push(' ');
        at = end;
    }
    found
}

/// A path in a use tree, and the name that it is given there.
type Bound = (Vec<String>, Option<String>);

/// The paths of a use tree that begins here, each with its alias, and where it ends.
fn tree(code: &str, start: usize) -> (Vec<Bound>, usize) {
    let mut prefix: Vec<String> = Vec::new();
    let mut at = start;
    loop {
        let rest = &code[at..];
        let len =
            rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        if len > 0 {
            prefix.push(rest[..len].to_owned());
            at += len;
            let after = &code[at..];
            if let Some(alias) = after.strip_prefix(" as ") {
                let len = alias.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0);
                return (vec![(prefix, Some(alias[..len].to_owned()))], at + 4 + len);
            }
            if !after.starts_with("::") {
                return (vec![(prefix, None)], at);
            }
            at += 2;
        } else if rest.starts_with('{') {
            let mut all = Vec::new();
            at += 1;
            loop {
                at += code[at..].len() - code[at..].trim_start().len();
                match code.as_bytes().get(at) {
                    Some(b',') => at += 1,
                    Some(byte) if byte.is_ascii_alphanumeric() || *byte == b'_' => {
                        let (inner, next) = tree(code, at);
                        at = next;
                        all.extend(inner.into_iter().map(|(mut path, alias)| {
                            if path == ["self"] {
                                path.clear();
                            }
                            ([&prefix[..], &path[..]].concat(), alias)
                        }));
                    }
                    Some(b'}') => return (all, at + 1),
                    _ => return (all, at),
                }
            }
        } else {
            // A glob, or the arguments of a generic function.
            return (vec![(prefix, None)], at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_to_the_file_that_defines() {
        let file = |path: &str, text: &str| Source::new(&format!("x/src/{path}"), text);
        let sources = [
            file("lib.rs", "mod a; mod b; mod c; pub use a::{A, inner::B}; pub use b::C as D;"),
            file("a.rs", "pub mod inner; use crate::{D, b::{self, E}}; use std::fmt;"),
            file("a/inner.rs", "pub(in crate::a) fn f() { super::super::c::g(); }"),
            file("b.rs", "#[cfg(x)] pub use crate::a::A; use crate::B;"),
            file("b/part.rs", "use super::E;"),
            file("c.rs", "use super::A;\nfn f() { quote! { { super::b::C } } }"),
        ];
        let found: BTreeSet<_> =
            edges("x/src", &sources).into_iter().map(|edge| (edge.from, edge.to)).collect();
        let expected =
            [("a", "b"), ("a/inner", "c"), ("b", "a/inner"), ("b/part", "b"), ("c", "a")];
        let name = |name: &str| format!("x/src/{name}.rs");
        assert_eq!(found, expected.map(|(from, to)| (name(from), name(to))).into());
        let circle = circles(&edges("x/src", &sources));
        assert_eq!(circle, [["a", "a/inner", "b", "c"].map(name).into()]);
    }
}
