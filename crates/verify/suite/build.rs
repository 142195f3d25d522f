//! Generates the types of every schema of the JSON Schema Test Suite, one module for each.
//!
//! The suite stands beside the repository, in `../shared/json-schema-test-suite`. A schema that the
//! generator refuses is recorded with its error: the tests count its cases as failed.

use migration_events_codegen::{Options, Reference, Source, generate_with};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[derive(Deserialize)]
struct Group {
    description: String,
    schema: Box<RawValue>,
    tests: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    description: String,
    data: Box<RawValue>,
    valid: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(suite_absent)");
    let suite = Path::new("../../../../shared/json-schema-test-suite");
    println!("cargo::rerun-if-changed={}", suite.display());
    let (mut modules, mut table) = (String::new(), String::new());
    if suite.is_dir() {
        let root = suite.join("draft7");
        let references = references(&suite.join("remotes"))?;
        for path in json_files(&root)? {
            let file = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
            let groups: Vec<Group> = serde_json::from_str(&fs::read_to_string(&path)?)?;
            for (index, group) in groups.iter().enumerate() {
                emit(&file, index, group, &references, &mut modules, &mut table)?;
            }
        }
    } else {
        println!("cargo::rustc-cfg=suite_absent");
        println!(
            "cargo::warning=the JSON Schema Test Suite is not beside the repository: its tests are ignored"
        );
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("modules.rs"), modules)?;
    fs::write(out.join("groups.rs"), format!("&[{table}]"))?;
    Ok(())
}

fn emit(
    file: &str,
    index: usize,
    group: &Group,
    references: &[Reference],
    modules: &mut String,
    table: &mut String,
) -> Result<(), Box<dyn Error>> {
    let stem: String = file
        .trim_end_matches(".json")
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    let module = format!("{}_{index}", stem.to_lowercase());
    let source =
        Source { file: "root.json".into(), text: group.schema.get().to_owned(), patch: None };
    let rewrite = match generate_with(&[source], references, &Options::new("suite")) {
        Ok(code) => {
            let root = root(&code).ok_or("generated code without an event")?;
            writeln!(modules, "/// {file}, schema {index}.\npub mod {module} {{\n{code}\n}}")?;
            format!("Ok(crate::rewrite::<crate::schemas::{module}::{root}>)")
        }
        Err(error) => format!("Err({:?})", error.to_string()),
    };
    writeln!(
        table,
        "Group {{ file: {file:?}, description: {:?}, rewrite: {rewrite}, cases: &[",
        group.description
    )?;
    for case in &group.tests {
        let (description, data) = (&case.description, case.data.get());
        writeln!(
            table,
            "Case {{ description: {description:?}, data: {data:?}, valid: {} }},",
            case.valid
        )?;
    }
    writeln!(table, "] }},")?;
    Ok(())
}

/// What schemas of the suite refer to: the documents that its server would have, and the metaschema.
fn references(folder: &Path) -> Result<Vec<Reference>, Box<dyn Error>> {
    let mut references = vec![Reference {
        uri: "http://json-schema.org/draft-07/schema".into(),
        text: referencing::meta::DRAFT7.to_string(),
    }];
    for path in json_files(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        let uri = format!("http://localhost:1234/{name}");
        references.push(Reference { uri, text: fs::read_to_string(&path)? });
    }
    Ok(references)
}

/// The type that generated code makes an event.
fn root(code: &str) -> Option<&str> {
    let (_, after) = code.split_once("impl ::migration_events_runtime::Event for ")?;
    after.split_whitespace().next()
}

/// The JSON files below a folder, in the order of their names.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(json_files(&path)?);
        } else if path.extension().is_some_and(|end| end == "json") {
            files.push(path);
        }
    }
    Ok(files)
}
