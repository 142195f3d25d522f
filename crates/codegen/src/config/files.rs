//! Finds and reads contracts and their patch files.

use super::watch::Watch;
use crate::Reference;
use crate::error::Problem;
use crate::input::Input;
use crate::options::Lint;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file or folder of contracts, as the caller named it.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    File(PathBuf),
    Folder { path: PathBuf, recursive: bool },
}

/// Deviations that the caller added to those of the file beside the contract.
#[derive(Debug, Clone)]
pub(super) enum Deviation {
    File(PathBuf),
    Inline(String),
}

/// File extensions of contracts. Avro IDL is refused by name, not passed over.
const EXTENSIONS: &[&str] = &[".json", ".avsc", ".avpr", ".avdl", ".yaml", ".yml"];
/// The part of a patch file's name before its extension.
const PATCH: &str = ".patch";

/// Path of a contract file, and its name relative to the folder that was searched.
struct Found {
    path: PathBuf,
    name: String,
}

/// Returns a problem for each folder without a contract.
pub(super) fn empty_folders(entries: &[Entry]) -> Vec<Problem> {
    let mut empty = Vec::new();
    for entry in entries {
        let Entry::Folder { path, recursive } = entry else { continue };
        let (mut files, mut unreadable) = (Vec::new(), Vec::new());
        contracts(path, *recursive, "", &mut files, &mut unreadable);
        if files.is_empty() && unreadable.is_empty() {
            let help = format!(
                "name a folder with contracts ({}), or allow it with {}",
                EXTENSIONS.join(", "),
                Lint::EmptyInput.option()
            );
            let message = "the folder contains no contract";
            empty.push(Problem::new(shown(path), "", message, help));
        }
    }
    empty
}

/// Reads all contracts. Returns a problem for each file that cannot be read.
pub(super) fn read(
    entries: &[Entry],
    deviations: &[(PathBuf, Deviation)],
    watch: &Watch,
) -> (Vec<Input>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut found = find(entries, watch, &mut problems);
    make_names_unique(&mut found);
    let mut inputs = Vec::new();
    for Found { path, name } in &found {
        let text = text(path, &mut problems);
        let mut patches = Vec::new();
        for beside in patch_files(path) {
            if beside.is_file() {
                watch.path(&beside);
                patches.extend(text_of_patch(&beside, &mut problems));
            } else {
                watch.absent(&beside);
            }
        }
        let Some(text) = text else { continue };
        let (name, path) = (name.clone(), shown(path));
        inputs.push(Input { name, path, text, patches, is_avro: false });
    }
    for (contract, deviation) in deviations {
        add(&mut inputs, &found, contract, deviation, watch, &mut problems);
    }
    (inputs, problems)
}

/// Reads one contract and the patch files beside it. Returns `None` if the contract cannot be read.
#[cfg(feature = "evolution")]
pub(crate) fn one(path: &Path) -> (Option<Input>, Vec<Problem>) {
    let (inputs, problems) = read(&[Entry::File(path.to_owned())], &[], &Watch::new(false));
    (inputs.into_iter().next(), problems)
}

/// Reads a document that contracts refer to.
pub(super) fn reference(
    uri: &str,
    path: &Path,
    watch: &Watch,
    problems: &mut Vec<Problem>,
) -> Option<Reference> {
    watch.path(path);
    text(path, problems).map(|text| Reference { uri: uri.to_owned(), text })
}

fn find(entries: &[Entry], watch: &Watch, problems: &mut Vec<Problem>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut seen = HashSet::new();
    for entry in entries {
        let more = match entry {
            Entry::File(path) => {
                watch.path(path);
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                vec![Found { path: path.clone(), name }]
            }
            Entry::Folder { path, recursive } => {
                watch.path(path);
                let mut files = Vec::new();
                contracts(path, *recursive, "", &mut files, problems);
                // The order of `read_dir` depends on the system.
                files.sort_by(|a, b| a.name.cmp(&b.name));
                files
            }
        };
        for contract in more {
            // A file may be listed by itself and by its folder.
            let real = fs::canonicalize(&contract.path).unwrap_or_else(|_| contract.path.clone());
            if seen.insert(real) {
                found.push(contract);
            }
        }
    }
    found
}

/// Collects the contracts of a folder. `prefix` is the path from the folder that the caller named.
fn contracts(
    folder: &Path,
    recursive: bool,
    prefix: &str,
    found: &mut Vec<Found>,
    problems: &mut Vec<Problem>,
) {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::new(
                shown(folder),
                "",
                format!("cannot read the folder: {error}"),
                "name a folder with contracts; relative paths start at the folder of the package",
            ));
            return;
        }
    };
    for entry in entries {
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let own = entry.file_name();
        let own = own.to_string_lossy();
        // A symbolic link to a folder could lead back to this one.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && recursive && !own.starts_with('.') {
            contracts(&path, recursive, &format!("{name}/"), found, problems);
        }
        let extension = EXTENSIONS.iter().find(|extension| own.ends_with(*extension));
        let is_patch =
            extension.is_some_and(|extension| own[..own.len() - extension.len()].ends_with(PATCH));
        // What was made of it stands beside it.
        let is_converted = extension == Some(&".avdl")
            && ["avpr", "avsc"].iter().any(|ending| path.with_extension(ending).is_file());
        let is_contract = extension.is_some() && !is_patch && !is_converted;
        if is_contract && !own.starts_with('.') && path.is_file() {
            found.push(Found { path, name });
        }
    }
}

/// Prefixes names that several contracts share with their parent folders until all names differ.
fn make_names_unique(found: &mut [Found]) {
    loop {
        let mut count: HashMap<String, usize> = HashMap::new();
        for contract in found.iter() {
            *count.entry(contract.name.clone()).or_default() += 1;
        }
        let mut grown = false;
        for contract in found.iter_mut().filter(|contract| count[&contract.name] > 1) {
            let parts = Path::new(&contract.name).components().count() + 1;
            let all: Vec<String> = contract
                .path
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            if all.len() >= parts {
                contract.name = all[all.len() - parts..].join("/");
                grown = true;
            }
        }
        if !grown {
            return;
        }
    }
}

/// Returns the paths that a patch file beside a contract may have.
fn patch_files(contract: &Path) -> Vec<PathBuf> {
    let extensions: &[&str] =
        if cfg!(feature = "yaml") { &["json", "yaml", "yml"] } else { &["json"] };
    extensions.iter().map(|end| contract.with_extension(format!("patch.{end}"))).collect()
}

fn text_of_patch(path: &Path, problems: &mut Vec<Problem>) -> Option<(String, String)> {
    text(path, problems).map(|text| (shown(path), text))
}

/// Reads a file. Records a problem and returns `None` if it is unreadable or not UTF-8.
fn text(path: &Path, problems: &mut Vec<Problem>) -> Option<String> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let help = match similar_files(path).as_slice() {
                [] => {
                    "check the path; relative paths start at the folder of the package".to_owned()
                }
                names => format!("did you mean {}?", names.join(" or ")),
            };
            let message = format!("cannot read the file: {error}");
            problems.push(Problem::new(shown(path), "", message, help));
            return None;
        }
    };
    String::from_utf8(bytes)
        .map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let valid = String::from_utf8_lossy(valid);
            let problem =
                Problem::new(shown(path), "", "the file is not UTF-8", "save the file as UTF-8");
            problems.push(match crate::locate::position(&valid, valid.len()) {
                Some((line, column)) => problem.at_position(line, column),
                None => problem,
            });
        })
        .ok()
}

/// Returns files with names similar to that of a missing file, in the same folder.
fn similar_files(path: &Path) -> Vec<String> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let wanted = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let near = crate::near::near(&wanted, names.iter().map(String::as_str));
    near.into_iter().map(|name| format!("`{}`", shown(&path.with_file_name(name)))).collect()
}

/// Adds deviations to the contract that they name.
fn add(
    inputs: &mut [Input],
    found: &[Found],
    contract: &Path,
    deviation: &Deviation,
    watch: &Watch,
    problems: &mut Vec<Problem>,
) {
    let patch = match deviation {
        Deviation::File(path) => {
            watch.path(path);
            text_of_patch(path, problems)
        }
        Deviation::Inline(text) => Some((format!("patch({:?}, …)", shown(contract)), text.clone())),
    };
    let matching: Vec<&Found> =
        found.iter().filter(|found| found.path.ends_with(contract)).collect();
    let file = match deviation {
        Deviation::File(path) => format!("patch_file({:?}, {:?})", shown(contract), shown(path)),
        Deviation::Inline(_) => format!("patch({:?}, …)", shown(contract)),
    };
    match matching.as_slice() {
        [only] => {
            let input = inputs.iter_mut().find(|input| input.path == shown(&only.path));
            if let (Some(input), Some(patch)) = (input, patch) {
                input.patches.push(patch);
            }
        }
        [] => {
            let names = found.iter().map(|found| found.name.as_str());
            let wanted = shown(contract);
            let near = crate::near::near(&wanted, names);
            let help = match near.as_slice() {
                [] => "write the path of a contract, or its last components".to_owned(),
                names => format!("did you mean `{}`?", names.join("` or `")),
            };
            problems.push(Problem::new(file, "", format!("no contract matches {wanted:?}"), help));
        }
        several => {
            let paths: Vec<String> =
                several.iter().map(|found| format!("`{}`", shown(&found.path))).collect();
            let message = format!("{:?} matches several contracts", shown(contract));
            let help = format!("name one of them: {}", paths.join(", "));
            problems.push(Problem::new(file, "", message, help));
        }
    }
}

/// Returns a path as problems show it, with `/` on every system.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
