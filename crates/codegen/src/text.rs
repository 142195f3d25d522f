//! Parsing of contracts and location of problems in JSON, and in YAML with the feature `yaml`.

use crate::error::{Excerpt, Problem};
use crate::locate;
use crate::tree::Tree;
#[cfg(feature = "evolution")]
use std::collections::HashMap;
use std::ops::Range;

/// Returns whether a file is YAML, judging by its extension.
pub(crate) fn is_yaml(file: &str) -> bool {
    [".yaml", ".yml"].iter().any(|end| file.ends_with(end))
}

/// Parses a text as YAML or JSON, depending on the file's extension.
pub(crate) fn parse(file: &str, text: &str) -> Result<Tree, Problem> {
    if is_yaml(file) {
        return parse_yaml(file, text);
    }
    // RFC 8259, section 8.1, allows parsers to ignore a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Tree::parse(text).map_err(|error| match locate::repeated_key(text) {
        Some(key) if error.is_data() => repeated_key(file, text, key),
        _ => Problem::invalid_json(file, &error),
    })
}

/// Returns the problem of a key that an object has twice.
fn repeated_key(file: &str, text: &str, key: Range<usize>) -> Problem {
    let message = format!("the key {} is repeated", &text[key.clone()]);
    let help = "remove one of the two: readers may use either (RFC 8259, section 4, says that names \
                SHOULD be unique)";
    let (line, column) = locate::position(text, key.start).unwrap_or((1, 1));
    Problem::new(file, "", message, help).at_position(line, column)
}

#[cfg(feature = "yaml")]
fn parse_yaml(file: &str, text: &str) -> Result<Tree, Problem> {
    crate::yaml::parse(text).map_err(|fault| {
        Problem::new(file, "", fault.message, fault.help).at_position(fault.line, fault.column)
    })
}

#[cfg(not(feature = "yaml"))]
fn parse_yaml(file: &str, _text: &str) -> Result<Tree, Problem> {
    let help = "enable its feature: `migration-events-codegen = { version = \"…\", features = [\"yaml\"] }`";
    let message = "this build of the generator does not read YAML";
    Err(Problem::new(file, "", message, help).at_position(1, 1))
}

/// Adds line, column and source line to a problem: of the place that its pointer leads to, or of the nearest
/// one around it, since a part may come from a deviation or from another part.
pub(crate) fn attach_source(problem: &mut Problem, text: &str) {
    let width = match problem.position {
        Some(_) => 1,
        None => {
            let found =
                around(&problem.pointer).find_map(|pointer| place(&problem.file, text, pointer));
            let Some((line, column, width)) = found else { return };
            *problem = problem.clone().at_position(line, column);
            width
        }
    };
    problem.excerpt = problem.position.and_then(|(line, column)| {
        Excerpt::of(text, line as usize, column as usize, width).map(Box::new)
    });
}

/// Returns a pointer and those of the values around it, the innermost first.
fn around(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |inner| inner.rfind('/').map(|end| &inner[..end]))
}

/// Returns line and column of each pointer, both from 1, in one pass over a JSON text.
#[cfg(feature = "evolution")]
pub(crate) fn positions<'p>(
    file: &str,
    text: &str,
    pointers: impl Iterator<Item = &'p str>,
) -> HashMap<&'p str, (u32, u32)> {
    if is_yaml(file) {
        let position = |pointer| {
            let (line, column, _) = place_in_yaml(text, pointer)?;
            Some((pointer, (u32::try_from(line).ok()?, u32::try_from(column).ok()?)))
        };
        return pointers.filter_map(position).collect();
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found: Vec<_> = locate::locate_all(text, pointers).into_iter().collect();
    found.sort_by_key(|(_, start)| *start);
    let mut positions = HashMap::with_capacity(found.len());
    let (mut line, mut column, mut at) = (1_u32, 1_u32, 0);
    for (pointer, start) in found {
        for character in text.get(at..start).unwrap_or_default().chars() {
            (line, column) = match character {
                '\n' => (line.saturating_add(1), 1),
                _ => (line, column.saturating_add(1)),
            };
        }
        at = start;
        positions.insert(pointer, (line, column));
    }
    positions
}

/// Returns line, column and width in characters of the value at a pointer.
fn place(file: &str, text: &str, pointer: &str) -> Option<(usize, usize, usize)> {
    if is_yaml(file) {
        return place_in_yaml(text, pointer);
    }
    let place = locate::locate(text.strip_prefix('\u{feff}').unwrap_or(text), pointer)?;
    let offset = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let (line, column) = locate::position(text, place.start + offset)?;
    let width = text.get(place.start + offset..place.end + offset)?.chars().count();
    Some((line, column, width))
}

#[cfg(feature = "yaml")]
fn place_in_yaml(text: &str, pointer: &str) -> Option<(usize, usize, usize)> {
    crate::yaml::locate(text, pointer)
}

#[cfg(not(feature = "yaml"))]
fn place_in_yaml(_text: &str, _pointer: &str) -> Option<(usize, usize, usize)> {
    None
}
