//! The files in the folder of a contract that it refers to.

use crate::Reference;
use crate::frontend::{avro, json_schema::fragment, kind};
use crate::input::Input;
use crate::tree::Tree;
use crate::version::split_version;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Reads the files that a contract refers to, and those that these refer to. A file that cannot be read is left
/// to whoever follows the reference.
pub(crate) fn referred(path: &Path, input: &Input) -> Vec<Reference> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut found = by_uri(folder, input);
    found.extend(by_name(folder, input));
    found
}

/// Reads the files that references name.
fn by_uri(folder: &Path, input: &Input) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let mut open = vec![(input.name.clone(), input.text.clone())];
    while let Some((name, text)) = open.pop() {
        let Ok(tree) = crate::text::parse(&name, &text) else { continue };
        for uri in fragment::referred(&name, &tree) {
            if uri == input.name || found.iter().any(|known| known.uri == uri) {
                continue;
            }
            if let Ok(text) = fs::read_to_string(folder.join(&uri)) {
                open.push((uri.clone(), text.clone()));
                found.push(Reference { uri, text });
            }
        }
    }
    found
}

/// Reads the files that define the Avro types to which an Avro schema refers by name. Of several files with a
/// type, that of the same version is read, or else the last one.
fn by_name(folder: &Path, input: &Input) -> Vec<Reference> {
    let Some(schema) = Schema::of(input) else { return Vec::new() };
    let (mut open, mut known) = (schema.referred, schema.defined);
    // The folder is read only for a schema that needs it.
    open.retain(|name| !known.contains(name));
    if open.is_empty() {
        return Vec::new();
    }
    let version =
        |name: &str| split_version(name.rsplit_once('.').map_or(name, |(stem, _)| stem)).1;
    let own = version(&input.name);
    let others = others(folder, input);
    let mut found: Vec<Reference> = Vec::new();
    while let Some(name) = open.pop_first() {
        if known.contains(&name) {
            continue;
        }
        let with_type = others.iter().filter(|(_, schema)| schema.defined.contains(&name));
        let best = with_type.max_by_key(|(file, _)| version(&file.uri) == own);
        if let Some((file, schema)) = best {
            known.extend(schema.defined.iter().cloned());
            open.extend(schema.referred.iter().cloned());
            found.push(file.clone());
        }
    }
    found
}

/// Returns the other Avro files of a folder in the order of their names.
fn others(folder: &Path, input: &Input) -> Vec<(Reference, Schema)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| {
        *name != input.name && [".avsc", ".avpr"].iter().any(|ending| name.ends_with(ending))
    });
    names.sort();
    let read = |name: String| {
        let text = fs::read_to_string(folder.join(&name)).ok()?;
        let file = Reference { uri: name, text };
        let schema = Schema::of(&Input::from(&file))?;
        Some((file, schema))
    };
    names.into_iter().filter_map(read).collect()
}

/// The full names in the Avro schemas of a file.
#[derive(Default)]
struct Schema {
    defined: BTreeSet<String>,
    referred: BTreeSet<String>,
}

impl Schema {
    /// Returns `None` for another contract, and for a text that cannot be read.
    fn of(input: &Input) -> Option<Self> {
        let prepared = input.prepared().ok()?;
        let tree = prepared.patched().ok()?;
        let schemas: Vec<Tree> = if kind::is_avro_protocol(&prepared.name, &tree) {
            let types = avro::protocol::types(&prepared.name, &tree).ok()?;
            types.into_iter().map(|(_, schema)| schema).collect()
        } else if prepared.is_avro || kind::is_avro_schema(&prepared.name, &tree) {
            vec![tree]
        } else {
            return None;
        };
        let mut names = Self::default();
        for schema in &schemas {
            avro::names(schema, &mut names.defined, &mut names.referred);
        }
        Some(names)
    }
}
